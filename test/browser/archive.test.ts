import type { Browser, BrowserContext, Page } from 'playwright-core';
import { signInPath } from '../../src/features/kernel/access';
import type { RoleKey } from '../../src/http/roles';
import { barriers } from '../support/accessibility';
import { createTalk, customer, everyKind, group, text } from '../support/archive-library/talk';
import { useLibrary } from '../support/archive-system';
import { launchBrowser, shoot } from '../support/browser';

jest.setTimeout(120_000);

const talk = createTalk();

const { library, system } = useLibrary(talk.key);

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
  `$\{hit()}`,
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
  browser = await launchBrowser();
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

const shot = (name: string): Promise<void> => shoot(page, name);

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
  expect(await barriers(page)).toEqual([]);
});

const list = () => page.getByRole('region', { name: '消息' });

/** Goes up from the newest message, a bit at a time, as a reader does. */
async function* upwards(steps: number): AsyncGenerator<number> {
  await list().evaluate((element) => element.scrollTo(0, element.scrollHeight));
  for (let step = 0; step < steps; step++) {
    await page.waitForTimeout(20);
    yield step;
    await list().evaluate((element) => element.scrollBy(0, -350));
  }
}

test('S19 WCM-02 every kind of message is shown in words', async () => {
  const shown = new Set<string>();
  await page.getByRole('button', { name: '关闭' }).click();
  for await (const step of upwards(30)) {
    for (const words of await page.locator('[data-message]').allInnerTexts()) shown.add(words);
    if ([3, 8, 13].includes(step)) await shot(`conversation-kinds-${step}`);
  }
  const all = [...shown].join('\n');
  const words = [
    '报价单稍后发您',
    '三点，在前台等您',
    '示例门店',
    '.xlsx',
    '活动说明',
    '选购商品',
    '群聊的聊天记录',
    '看这个',
  ];
  const more = [
    '周五前回访',
    '团建地点',
    '报名表',
    '¥ 88.00',
    '周会',
    '客户清单',
    '公告',
    '拜访',
    '合同.pdf',
    '示例视频号',
  ];
  const last = [
    '单人语音',
    '手册.pdf',
    '#接龙',
    '会议纪要',
    '同意存档',
    '未知类型 hologram',
    '35 秒',
    '21 秒',
    '方案.docx',
  ];
  expect([...words, ...more, ...last].filter((word) => !all.includes(word))).toEqual([]);
  expect(await barriers(page)).toEqual([]);
});

test('a forwarded conversation opens in place', async () => {
  const folded = page.getByRole('button', { name: /群聊的聊天记录/ });
  for await (const _ of upwards(30)) if (await folded.isVisible()) break;
  await folded.click();
  await page.getByText('先付定金').waitFor();
  await page.getByText('如图').waitFor();
  await page.getByText('未知类型 hologram').first().waitFor();
  await shot('conversation-record');
});

test('a link opens a conversation at its message; keys lead on; the calendar leads to a day', async () => {
  const { items } = (await page.request.get(`${system.at.system.url}/api/v1/conversations`).then((a) => a.json())) as {
    items: { id: string; kind: string }[];
  };
  const id = items.find(({ kind }) => kind === 'single')?.id;
  await open(`/conversations/${id}?m=5`);
  const current = page.locator('[data-message][aria-current=true]');
  await current.waitFor();
  expect(await current.getAttribute('data-message')).toBe('5');
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowDown');
  await page.locator('[data-message="7"][aria-current=true]').waitFor();
  await page.keyboard.press('k');
  await page.locator('[data-message="6"][aria-current=true]').waitFor();
  expect(page.url()).toContain('m=6');
  await page.keyboard.press('o');
  await page.getByRole('complementary', { name: '消息详情' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('complementary', { name: '消息详情' }).waitFor({ state: 'detached' });
  await page.keyboard.press('?');
  await page.getByText('回到最新的消息').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.locator('td[title="2025-11-21"]').click();
  await page.waitForURL(/at=2025-11-21/);
  await page.getByText('这句话后来撤回了').waitFor();
});

test('S19 what a stranger types is text, whatever it is: nothing of it runs', async () => {
  let hits = 0;
  await context.exposeFunction('hit', () => {
    hits += 1;
  });
  page = await context.newPage();
  page.on('dialog', () => {
    hits += 1;
  });
  page.on('pageerror', (error) => faults.push(error.message));
  await open('/conversations?kind=group');
  await page.getByRole('row').filter({ hasText: '群聊' }).first().click();
  await page.getByText('已到最新').waitFor();
  const shown = new Set<string>();
  for await (const step of upwards(16)) {
    for (const words of await page.locator('[data-message]').allInnerTexts()) shown.add(words);
    if (step === 0) await shot('conversation-long');
  }
  const all = [...shown].join('\n');
  expect(hostile.filter((payload) => !payload.includes('\u0000') && !all.includes(payload))).toEqual([]);
  expect(
    await page.locator('main script, main iframe, main object, main [onerror], main [href^=javascript]').count(),
  ).toBe(0);
  await open('/conversations');
  await page.getByRole('row').filter({ hasText: '群聊' }).first().waitFor();
  expect(hits).toBe(0);
  expect(faults).toEqual([]);
});

/** A conversation that only the browser believes in. */
function pretend(count: number) {
  const at = (n: number) => new Date(Date.parse('2024-01-01T00:00:00Z') + n * 600_000).toISOString();
  const message = (n: number) => ({
    ...{ id: String(n), seq: String(n), msgid: `m${n}`, conversation_id: 'big', action: 'send', type: 'text' },
    ...{ known: true, from: n % 3 ? 'lin' : customer, from_name: null, to: ['qiao'], chat_id: null, sent_at: at(n) },
    ...{ text: `第 ${n} 条`, items: [], media: [], recalled_by: null, state: 'stored' },
    body: { text: `第 ${n} 条${'，说得多一些'.repeat(n % 17)}`, quote: null },
  });
  return (address: string) => {
    const query = new URL(address).searchParams;
    // Read from its end to its beginning, in pieces so big that the test does not wait for them.
    const end = Number(query.get('cursor') ?? count);
    const first = Math.max(0, end - 5_000);
    const items = Array.from({ length: end - first }, (_, i) => message(end - 1 - i));
    return { items, next_cursor: first > 0 ? String(first) : null, previous_cursor: null };
  };
}

/** Up to the very first message without a pause. @returns the times between frames, in ms */
const upToTheFirst = `(async () => {
  const scroller = document.querySelector('section[aria-label]');
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const times = [];
  let before = await frame();
  for (let still = 0; still < 20; ) {
    scroller.scrollTop -= 8000;
    const now = await frame();
    times.push(now - before);
    before = now;
    still = document.querySelector('[data-message="0"]') ? still + 1 : 0;
  }
  return times.sort((a, b) => a - b);
})()`;

test('fifty thousand messages stay smooth: few rows are drawn, and what is read keeps its place', async () => {
  const count = 50_000;
  const pageOf = pretend(count);
  const people = [
    { id: 'lin', kind: 'staff', name: '林' },
    { id: customer, kind: 'external', name: '陈小满' },
  ];
  const big = {
    ...{ id: 'big', kind: 'single', userid: 'lin', external_userid: customer, peer_userid: null, chat_id: null },
    ...{ name: null, people, messages: count, first_message_at: '2024-01-01T00:00:00.000Z' },
    last_message_at: '2024-12-13T05:10:00.000Z',
  };
  await page.route('**/api/v1/conversations/big', (route) => route.fulfill({ json: big }));
  await page.route('**/api/v1/conversations/big/messages*', (route) =>
    route.fulfill({ json: pageOf(route.request().url()) }),
  );
  await open('/conversations/big');
  await page.getByText('已到最新').waitFor();
  const times = await page.evaluate<number[]>(upToTheFirst);
  expect(times[Math.floor(times.length / 2)]).toBeLessThan(50);
  expect(times[Math.floor(times.length * 0.95)]).toBeLessThan(150);
  expect(await page.locator('[data-message]').count()).toBeLessThan(120);
  await page.getByText('第 0 条', { exact: true }).waitFor();
  await shot('conversation-big');
});
