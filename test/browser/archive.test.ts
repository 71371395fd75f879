import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { signInPath } from '../../src/features/kernel/access';
import type { RoleKey } from '../../src/http/roles';
import { buildArchiveLibrary } from '../support/archive-library/archive-library';
import { createTalk, customer, everyKind, group, text } from '../support/archive-library/talk';
import { useSystem } from '../support/system';

jest.setTimeout(120_000);

const library = buildArchiveLibrary();
const talk = createTalk();
const keysDir = join(library.folder, 'keys');
mkdirSync(keysDir);
writeFileSync(join(keysDir, '1.pem'), talk.key.pem);
afterAll(() => library.drop());

const system = useSystem({
  env: {
    WECOM_ARCHIVE_SDK_PATH: library.path,
    WECOM_ARCHIVE_SDK_SHA256: library.sha256,
    WECOM_ARCHIVE_SECRET: library.folder,
    WECOM_ARCHIVE_KEYS_DIR: keysDir,
  },
});

/** What a stranger may type, and what none of it may do. */
const hostile = [
  '<script>hit()</script>',
  '<img src=x onerror=hit()>',
  '<svg onload=hit()>',
  '<svg><script>hit()</script></svg>',
  '"><script>hit()</script>',
  "'-hit()-'",
  'javascript:hit()',
  '<a href="javascript:hit()">x</a>',
  '<iframe srcdoc="<script>parent.hit()</script>">',
  '<body onload=hit()>',
  '<details open ontoggle=hit()>',
  '<input autofocus onfocus=hit()>',
  '<video><source onerror=hit()></video>',
  '<math><mtext></p><style><img src=x onerror=hit()>',
  '{{constructor.constructor("hit()")()}}',
  '${hit()}',
  '</textarea><script>hit()</script>',
  '<style>@import "data:text/css,*{background:red}"</style>',
  '<object data="data:text/html,<script>hit()</script>">',
  '&lt;script&gt;hit()&lt;/script&gt;',
  '\u202Egnp.<script>hit()</script>',
  '<a onmouseover=hit()>\u0000</a>',
];

let browser: Browser;
let context: BrowserContext;
let page: Page;
/** What went wrong in the page, and addresses of others it asked for. */
const faults: string[] = [];

beforeAll(async () => {
  const { at } = system;
  const kinds = Object.values(everyKind).map((more, i) => talk.said({ more, ...(i % 2 ? theirs : {}) }));
  const recalled = talk.said({ more: text('这句话后来撤回了'), after: 1_500 });
  const recall = { msgtype: 'revoke', action: 'recall', revoke: { pre_msgid: recalled.msgid } };
  const inGroup = { chat: group, to: ['qiao', customer] };
  const all = [
    ...kinds,
    recalled,
    talk.said({ more: recall }),
    ...hostile.map((content) => talk.said({ ...inGroup, more: text(content) })),
    talk.said({ ...inGroup, more: { msgtype: 'link', link: { title: hostile[1], link_url: 'javascript:hit()' } } }),
    talk.said({ ...inGroup, more: { msgtype: 'file', file: { filename: `${hostile[0]}.svg`, sdkfileid: 'F' } } }),
    talk.said({ ...inGroup, more: { msgtype: '<script>hit()</script>', odd: hostile[1] } }),
    talk.said({ ...inGroup, from: 'qiao', more: text(`长文字${'很长'.repeat(400)} ${'x'.repeat(400)} 🀄️ שלום`) }),
  ];
  library.page(
    '0',
    all.map(({ envelope }) => envelope),
  );
  await at.system.services.archive.wake();
  await at.settled();
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
});

const theirs = { from: customer, to: ['lin'] };

afterAll(async () => {
  await context?.close();
  await browser?.close();
});

/** A browser in which somebody of a role has just signed in. */
async function enterAs(role: RoleKey): Promise<void> {
  await context?.close();
  const { at } = system;
  context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(at.system.url)) faults.push(request.url());
  });
  const { token } = await at.system.services.access.createUser({ name: `王合规 ${role}`, roles: [role] });
  await page.goto(at.system.url + signInPath(token));
  await page.waitForURL(`${at.system.url}/`);
}

const open = (path: string) => page.goto(system.at.system.url + path);

/** Screenshots are looked at by people, when they ask for them. */
async function shot(name: string): Promise<void> {
  const folder = process.env.SHOTS;
  if (!folder) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

const barriers = async () =>
  (await new AxeBuilder({ page }).analyze()).violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);

const reads = async (): Promise<number> => {
  const [row] = await system.at.db.query<{ n: unknown }>(
    "SELECT COUNT(*) AS n FROM audit_event WHERE action = 'archive.read'",
  );
  return Number(row?.n);
};

test('S16 an administrator finds no conversation, by no way', async () => {
  await enterAs('system_admin');
  expect(await page.getByRole('link', { name: '会话', exact: true }).count()).toBe(0);
  await open('/conversations');
  await page.getByText('你的角色看不到这里的内容').waitFor();
  const answer = await page.request.get(`${system.at.system.url}/api/v1/conversations`);
  expect(answer.status()).toBe(403);
  expect(await reads()).toBe(0);
});

test('AR8 S16 WCM-05 an officer finds a conversation, reads it and its details, and that is recorded', async () => {
  await enterAs('compliance_officer');
  await page.getByRole('link', { name: '会话', exact: true }).click();
  await page.getByRole('row').filter({ hasText: 'lin' }).first().waitFor();
  await shot('conversations');
  expect(await reads()).toBe(0);
  await page.getByRole('row').filter({ hasText: '单聊' }).first().click();
  await page.waitForURL(/conversations\/.+/);
  const recalled = page.locator('[data-message]').filter({ hasText: '这句话后来撤回了' });
  await recalled.getByText(/已撤回/).waitFor();
  expect(await reads()).toBe(1);
  await page.getByText('撤回了一条消息').waitFor();
  await shot('conversation-end');
  await recalled.hover();
  await recalled.getByRole('button', { name: '查看详情' }).click();
  await page.getByText('_external').first().waitFor();
  await shot('conversation-details');
  expect(await barriers()).toEqual([]);
});

test('S19 every kind of message is shown in words', async () => {
  const shown = new Set<string>();
  const list = page.getByRole('region', { name: '消息' });
  for (let step = 0; step < 40; step++) {
    for (const words of await page.locator('[data-message]').allInnerTexts()) shown.add(words);
    await list.evaluate((element) => element.scrollBy(0, -400));
    await page.waitForTimeout(20);
    if (step === 12 || step === 22) await shot(`conversation-kinds-${step}`);
  }
  const all = [...shown].join('\n');
  const words = ['报价单稍后发您', '三点，在前台等您', '示例门店', '.xlsx', '活动说明', '选购商品', '群聊的聊天记录', '看这个'];
  const more = ['周五前回访', '团建地点', '报名表', '¥ 88.00', '周会', '客户清单', '公告', '拜访', '合同.pdf', '示例视频号'];
  const last = ['单人语音', '手册.pdf', '#接龙', '会议纪要', '同意存档', '未知类型 hologram', '35 秒', '21 秒', '方案.docx'];
  expect([...words, ...more, ...last].filter((word) => !all.includes(word))).toEqual([]);
  expect(await barriers()).toEqual([]);
});

test('a forwarded conversation opens in place', async () => {
  await page.getByRole('button', { name: /群聊的聊天记录/ }).click();
  await page.getByText('先付定金').waitFor();
  await page.getByText('如图').waitFor();
  await page.getByText('未知类型 hologram').first().waitFor();
  await shot('conversation-record');
});
