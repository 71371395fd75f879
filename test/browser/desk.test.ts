import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { RoleKey } from '../../src/http/roles';
import { barriers } from '../support/accessibility';
import { createTalk, customer, text } from '../support/archive-library/talk';
import { useLibrary } from '../support/archive-system';
import { launchBrowser, shoot } from '../support/browser';
import { aPerson } from '../support/people';
import { unzip, unzipTo } from '../support/unzip';

jest.setTimeout(120_000);

const talk = createTalk();
const unpacked = mkdtempSync(join(tmpdir(), 'scrm-desk-'));
afterAll(() => {
  rmSync(unpacked, { recursive: true, force: true });
});

const { library, system } = useLibrary(talk.key);

let browser: Browser;
/** Of the officer, and of the colleague who decides. */
let page: Page;
let second: Page;
/** What went wrong in the pages, and addresses of others they asked for. */
const faults: string[] = [];

/** More than one person may take away alone. */
const chatter = 1_003;
const planted = '这批货款您先转到我个人账户，咱们回头再补单子';

beforeAll(async () => {
  const { at } = system;
  const all = [
    ...Array.from({ length: chatter }, (_, i) => talk.said({ more: text(`第 ${i + 1} 条闲聊`) })),
    talk.said({ more: text(planted), after: 600 }),
    talk.said({ more: text('好的，我这就转'), from: customer, to: ['lin'] }),
    talk.said({ from: 'qiao', more: text('加我私人微信吧，这边不方便') }),
  ];
  for (let from = 0; from < all.length; from += 500) {
    const records = all.slice(from, from + 500).map(({ envelope }) => envelope);
    library.page(from === 0 ? '0' : (all[from - 1]?.seq ?? ''), records);
  }
  await at.system.services.archive.wake();
  await at.settled();
  await at.system.services.reviews.fill();
  browser = await launchBrowser();
  page = await enterAs('compliance_officer', '王合规');
  second = await enterAs('compliance_officer', '赵合规');
});

afterAll(() => browser?.close());

/** A browser of somebody who has just shown a second factor. */
async function enterAs(role: RoleKey, name: string): Promise<Page> {
  const { at } = system;
  const context: BrowserContext = await browser.newContext({
    ...{ locale: 'zh-CN', viewport: { width: 1440, height: 900 }, acceptDownloads: true, reducedMotion: 'reduce' },
  });
  const place = { access: at.system.services.access, db: at.db };
  const { sessionId } = await aPerson(place, { roles: [role], name });
  await context.addCookies([{ name: 'scrm_session', value: sessionId, url: at.system.url }]);
  const opened = await context.newPage();
  opened.on('pageerror', (error) => faults.push(error.message));
  opened.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(at.system.url)) faults.push(request.url());
  });
  await opened.goto(at.system.url);
  await opened.getByRole('heading', { name: '工作台' }).waitFor();
  return opened;
}

const open = (path: string, on = page) => on.goto(system.at.system.url + path);

const shot = (name: string, on = page): Promise<void> => shoot(on, name);

const rows = () => page.locator('tbody tr.ant-table-row');
const dialog = (name: string, on = page) => on.getByRole('dialog', { name });

const recorded = async (action: string): Promise<number> => {
  const sql = 'SELECT COUNT(*) AS n FROM audit_event WHERE action = ?';
  const [row] = await system.at.db.query<{ n: unknown }>(sql, [action]);
  return Number(row?.n);
};

/** The frame asks for a reason, the colleague approves, and the officer carries it out. */
async function withSecondPerson(reason: string, wanted: string): Promise<void> {
  const asking = dialog('需要另一人批准');
  await asking.getByLabel('理由').fill(reason);
  await asking.getByRole('button', { name: '提交申请' }).click();
  await page.getByText('申请已提交').waitFor();
  await open('/approvals', second);
  await second.getByRole('heading', { name: wanted }).waitFor();
  await shot(`desk-approval-${wanted.slice(-2)}`, second);
  await second.getByRole('button', { name: '批准', exact: true }).click();
  await second.getByText('已批准，申请人可以执行了').waitFor();
}

test('AR8 an officer finds the planted conversation, reads it, and sends the message to review', async () => {
  await page.getByRole('link', { name: '消息搜索' }).click();
  const box = page.getByPlaceholder(/输入要找的词/);
  await box.fill('货款');
  await box.press('Enter');
  await rows().filter({ hasText: '个人账户' }).click();
  await page.locator('[data-message][aria-current=true]', { hasText: planted }).waitFor();
  await page.keyboard.press('r');
  const form = dialog('提交复核');
  await form.getByRole('button', { name: '提交复核' }).click();
  await form.getByText('请写明理由').waitFor();
  await form.getByLabel('提交理由').fill('让客户把货款转到个人账户');
  await shot('desk-send');
  await form.getByRole('button', { name: '提交复核' }).click();
  await page.getByText('已提交复核。').waitFor();
  expect(await recorded('archive.review_added')).toBe(1);
});

test('A14 the queues hold it, and what holds listed words; no content is shown before an item is opened', async () => {
  await page.getByRole('link', { name: '我的待办' }).click();
  await rows().filter({ hasText: '让客户把货款转到个人账户' }).waitFor();
  expect(await rows().count()).toBe(3);
  expect(await page.getByText('补单子').count()).toBe(0);
  expect(await recorded('archive.review_opened')).toBe(0);
  await shot('desk-queue');
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('tab', { name: '人工提交' }).click();
  await page.waitForURL(/queue=manual/);
});

test('A1 A14 the item shows the message in its conversation; by keyboard it is claimed and closed, with a reason', async () => {
  await rows().filter({ hasText: '让客户把货款转到个人账户' }).click();
  await page.waitForURL(/reviews\/.+/);
  const marked = page.locator('[data-message][aria-current=true]');
  await marked.locator('mark', { hasText: '个人账户' }).waitFor();
  await page.getByText('好的，我这就转').waitFor();
  expect(await recorded('archive.review_opened')).toBe(1);
  await shot('desk-review');
  await page.keyboard.press('c');
  await page.getByRole('button', { name: '提交结论' }).waitFor();
  await page.keyboard.press('3');
  await page.keyboard.press('Control+Enter');
  await page.getByText('请写明理由').waitFor();
  await page.keyboard.type('诱导客户私下付款，违反收款制度');
  await shot('desk-decide');
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await page.getByText('已由 王合规 认定违规').waitFor();
  await page.getByText('诱导客户私下付款，违反收款制度').waitFor();
  expect(await recorded('archive.review_decided')).toBe(1);
  expect(await recorded('archive.review_opened')).toBe(1);
  await page.keyboard.press('n');
  await page.waitForURL(/reviews\?queue=manual/);
});

test('A14 the next one of a queue comes by one key; what is clean needs no reason, an escalation another person', async () => {
  await open('/reviews?queue=words&state=unreviewed');
  await rows().first().click();
  await page.locator('[data-message][aria-current=true] mark').first().waitFor();
  const first = page.url();
  await page.keyboard.press('c');
  await page.getByRole('button', { name: '提交结论' }).waitFor();
  await page.keyboard.press('1');
  await page.keyboard.press('Control+Enter');
  await page.getByText('已由 王合规 结为「正常」').waitFor();
  await page.keyboard.press('n');
  await page.waitForURL((url) => /reviews\/.+/.test(url.href) && url.href !== first);
  await page.getByRole('button', { name: /领取/ }).waitFor();
  await page.keyboard.press('c');
  await page.getByRole('button', { name: '提交结论' }).waitFor();
  await page.keyboard.press('4');
  await page.keyboard.type('请上级判断');
  await page.keyboard.press('Control+Enter');
  await page.getByText('须由另一人复核').waitFor();
  await page.getByRole('button', { name: /领取/ }).click();
  await page.getByText('这一条须由另一人复核').waitFor();
});

test('S12 the conversation is too much for one person: a colleague approves its export', async () => {
  await open('/messages?q=货款');
  await rows().filter({ hasText: '个人账户' }).click();
  await page.getByRole('button', { name: '更多' }).click();
  await page.getByRole('menuitem', { name: '导出这个会话' }).click();
  const form = dialog('新建导出');
  await form.getByLabel('事项').fill('2025-017');
  await form.getByLabel('理由').fill('配合仲裁取证');
  await shot('desk-export-form');
  await form.getByRole('button', { name: '新建导出' }).click();
  await withSecondPerson('仲裁委要求提供完整会话', '王合规 申请：导出会话内容');
  await open('/exports');
  await page.getByRole('heading', { name: '等待另一人批准' }).waitFor();
  await shot('desk-export-approved');
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: '执行' }).click();
  await page.getByRole('link', { name: '下载文件' }).waitFor({ timeout: 90_000 });
  await page.getByText('赵合规').waitFor();
  await shot('desk-export');
});

const verified = () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['verify.mjs'], {
    ...{ cwd: unpacked, encoding: 'utf8', env: {} },
  });
  return { said: stdout + stderr, status };
};

test('A12 S18 the file is downloaded; offline it is intact, and one changed byte is named', async () => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载文件' }).click(),
  ]);
  const files = unzip(readFileSync(await download.path()));
  unzipTo(unpacked, files);
  expect(verified()).toMatchObject({ said: expect.stringMatching(/^intact: 1005 messages/), status: 0 });
  expect(await recorded('archive.export_downloaded')).toBe(1);
  const path = join(unpacked, 'messages.jsonl');
  const content = readFileSync(path);
  const place = content.indexOf('个人账户');
  content[place] = (content[place] ?? 0) ^ 1;
  writeFileSync(path, content);
  expect(verified()).toMatchObject({ said: expect.stringMatching(/NOT intact[\s\S]*messages\.jsonl/), status: 1 });
});

test('A8 a conversation is put on hold from where it is read; nobody releases it alone', async () => {
  await open('/messages?q=货款');
  await rows().filter({ hasText: '个人账户' }).click();
  await page.getByRole('button', { name: '更多' }).click();
  await page.getByRole('menuitem', { name: '保全这个会话' }).click();
  const form = dialog('设立保全');
  await form.getByLabel('名称').fill('仲裁 017');
  await form.getByLabel('事项').fill('2025-017');
  await form.getByLabel('理由').fill('仲裁期间保全');
  await shot('desk-hold-form');
  await form.getByRole('button', { name: '设立保全' }).click();
  await rows().getByText('仲裁 017', { exact: true }).click();
  await page.getByText(`目前 ${chatter + 2} 条`).waitFor();
  await page.getByRole('dialog').getByText('王合规').waitFor();
  await shot('desk-hold');
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: '申请解除' }).click();
  await dialog('需要另一人批准').getByText('解除法律保全').waitFor();
  await dialog('需要另一人批准').getByRole('button', { name: '关闭' }).click();
});

test('A7 A9 two make a retention rule; a dry run says what is due and what the hold keeps', async () => {
  await open('/holds?tab=rules');
  await page.getByText('还没有保留规则').waitFor();
  await page.getByRole('button', { name: '新建规则' }).click();
  const form = dialog('新建规则');
  await form.getByLabel('名称').fill('单聊一年');
  await form.getByLabel('依据').fill('公司会话存档管理办法第 3 条');
  await form.getByLabel('保留年数').fill('1');
  await shot('desk-rule-form');
  await form.getByRole('button', { name: '提交审批' }).click();
  await withSecondPerson('按制度设立', '王合规 申请：设立或更改保留规则');
  await open('/approvals?view=mine');
  await page.getByRole('button', { name: '执行' }).click();
  await page.getByRole('button', { name: '执行' }).waitFor({ state: 'detached' });
  await open('/holds?tab=rules');
  await rows().filter({ hasText: '单聊一年' }).waitFor();
  await shot('desk-rules');
  await page.getByRole('tab', { name: '试算与销毁' }).click();
  await page.getByRole('button', { name: '试算', exact: true }).click();
  await rows()
    .filter({ hasText: /\d+ 条到期/ })
    .click();
  await page.getByText('试算没有改动任何消息').waitFor();
  await shot('desk-dry-run');
  expect(await barriers(page)).toEqual([]);
});

test.each([
  ['/holds?tab=purges', '还没有销毁过消息'],
  ['/holds?tab=erasures', '没有个人信息删除'],
  ['/reviews?tab=samples', '还没有样本'],
])('A7 A14 %s says that there is nothing yet', async (path, words) => {
  await open(path);
  await page.getByText(words).waitFor();
  await shot(`desk-${path.replace(/\W+/g, '-')}`);
  expect(await barriers(page)).toEqual([]);
});

test('A14 a sampling profile is made, and the seed of its period is fixed before it is drawn', async () => {
  await open('/reviews?tab=profiles');
  await page.getByRole('button', { name: '新建抽查方案' }).click();
  const form = dialog('新建抽查方案');
  await form.getByLabel('名称').fill('全员每月抽查');
  await form.getByLabel('每位成员').fill('5');
  await shot('desk-profile-form');
  await form.getByRole('button', { name: '保存' }).click();
  await rows().filter({ hasText: '每人 5%' }).waitFor();
  await shot('desk-profiles');
  await system.at.system.services.reviews.fill();
  await page.getByRole('tab', { name: '抽查样本' }).click();
  await rows().filter({ hasText: '种子已锁定' }).click();
  await page.getByText('抽取后公开', { exact: true }).waitFor();
  await shot('desk-sample');
  expect(await barriers(page)).toEqual([]);
});

test.each(['/reviews', '/exports', '/holds'])('both languages fit: %s', async (path) => {
  await page.evaluate(
    `localStorage.setItem('scrm.preferences', JSON.stringify({state: {language: 'en'}, version: 1}))`,
  );
  await open(path);
  await page
    .getByRole('heading', { name: /My queues|Exports|Holds and retention/ })
    .first()
    .waitFor();
  await shot(`desk-en${path.replace('/', '-')}`);
  expect(await barriers(page)).toEqual([]);
});

test('S16 an administrator finds none of it, by no way', async () => {
  const admin = await enterAs('system_admin', '管理员');
  for (const [path, address] of [
    ['/reviews', 'archive/reviews'],
    ['/exports', 'archive/exports'],
    ['/holds', 'archive/holds'],
  ] as const) {
    await open(path, admin);
    await admin.getByText('你的角色看不到这里的内容').waitFor();
    expect((await admin.request.get(`${system.at.system.url}/api/v1/${address}`)).status()).toBe(403);
  }
  expect(faults).toEqual([]);
});
