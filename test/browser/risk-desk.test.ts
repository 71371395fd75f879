import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { loadConfig } from '../../config';
import { shanghaiDay } from '../../src/core/clock';
import { createAppLogger } from '../../src/core/logger';
import { signInPath } from '../../src/features/kernel/access';
import { type System, startSystem } from '../../src/main';
import { barriers } from '../support/accessibility';
import { launchBrowser, shoot } from '../support/browser';
import { until } from '../support/system';

jest.setTimeout(180_000);

let dir: string;
let system: System;
let browser: Browser;
let page: Page;
const faults: string[] = [];

/** Somebody of the manager's line, and a customer of theirs whose conversation is archived. */
let pair: { userid: string; external_userid: string };
/** The finding about what they said. */
let lead: string;
const words = { before: '价格就按刚才说的', said: '货款直接转我个人账户就行', after: '好的，我现在转' };

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'scrm-browser-'));
  const config = loadConfig({ DATA_DIR: dir, PORT: '0' });
  system = await startSystem({ config, migrate: true, logger: createAppLogger({ level: 'error' }) });
  const manager = { name: '周主管', roles: ['sales_manager'] as const, userid: await aLine() };
  const { token } = await system.services.access.createUser(manager);
  await somethingSaid();
  browser = await launchBrowser();
  const viewport = { width: 1440, height: 900 };
  const context = await browser.newContext({ locale: 'zh-CN', viewport, reducedMotion: 'reduce' });
  page = await context.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(system.url + signInPath(token));
  await page.waitForURL(`${system.url}/`);
});

afterAll(async () => {
  await browser?.close();
  await system?.stop();
  rmSync(dir, { recursive: true, force: true });
});

const control = () => {
  if (!system.demo) throw new Error('there is no demo');
  return system.demo.sandbox.control;
};

/** Once the company was read: a manager with somebody below who has customers. @returns the manager's userid */
async function aLine(): Promise<string> {
  const find = () =>
    system.db.query<{ manager: string; userid: string; external_userid: string }>(
      `SELECT m.userid AS manager, s.userid, r.external_userid FROM reporting_reach reach
       JOIN staff m ON m.id = reach.superior_id JOIN staff s ON s.id = reach.staff_id
       JOIN relation r ON r.staff_id = s.id AND r.state = 'active'
       WHERE reach.superior_id <> reach.staff_id AND m.departed_at IS NULL ORDER BY r.id LIMIT 1`,
    );
  await until('the company is read', async () => (await find()).length > 0);
  const [row] = await find();
  if (!row) throw new Error('nobody leads anybody');
  pair = { userid: row.userid, external_userid: row.external_userid };
  return row.manager;
}

/** A few words between the two; one of them is taken back minutes later. */
async function somethingSaid(): Promise<void> {
  const { setSeat, consent, say, recall } = control();
  setSeat({ userid: pair.userid, seat: true });
  consent({ ...pair, agreed: true });
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);
  // Enough for what is named to be out of sight at first.
  for (let n = 0; n < 18; n++) say({ ...pair, text: `报价细节 ${n}`, at: ago(600 - n) });
  say({ ...pair, text: words.before, at: ago(300) });
  const { msgid } = say({ ...pair, text: words.said, at: ago(240) });
  say({ ...pair, from: 'external', text: words.after, at: ago(200) });
  for (let n = 0; n < 8; n++) say({ ...pair, text: `发货安排 ${n}`, at: ago(100 - n) });
  recall({ msgid });
  await until('the recall is judged', async () => (await recallOf(msgid)) !== undefined);
  lead = await raised(msgid);
}

async function recallOf(msgid: string): Promise<string | undefined> {
  const [message] = await system.db.query<{ id: unknown }>('SELECT id FROM archive_message WHERE msgid = ?', [msgid]);
  if (!message) return undefined;
  const rows = await system.db.query<{ id: unknown; evidence: string }>(
    "SELECT id, evidence FROM finding WHERE detector = 'RECALL' AND external_userid = ?",
    [pair.external_userid],
  );
  const found = rows.find(({ evidence }) => evidence.includes(`"${message.id}"`));
  return found && String(found.id);
}

/** As a rule about payments tells it: the rules themselves are no matter of the console. @returns the finding's id */
async function raised(msgid: string): Promise<string> {
  const { db, services } = system;
  const [message] = await db.query<{ id: unknown; content: string; sent_at: string }>(
    'SELECT id, content, sent_at FROM archive_message WHERE msgid = ?',
    [msgid],
  );
  const draft = {
    ...{ key: `browser:${msgid}`, evidenceLevel: 'CIRCUMSTANTIAL' as const, severity: 'high' as const },
    ...{ userid: pair.userid, externalUserid: pair.external_userid, occurredAt: new Date() },
    evidence: [{ source: 'message' as const, ref: String(message?.id), hash: String(message?.content) }],
  };
  await db.transact(() => services.findings.raise({ code: 'PRIVATE_PAYMENT', version: 1 }, [draft]));
  const sql = 'SELECT id FROM finding WHERE dedupe_key = ?';
  const [found] = await db.query<{ id: unknown }>(sql, [`PRIVATE_PAYMENT:browser:${msgid}`]);
  return String(found?.id);
}

const open = (path: string) => page.goto(system.url + path);
const acts = async (): Promise<string[]> => {
  const rows = await system.db.query<{ action: string }>(
    "SELECT action FROM audit_event WHERE target LIKE 'finding:%' ORDER BY id",
  );
  return rows.map(({ action }) => action);
};
const said = (text: string) => page.locator('[data-message]').filter({ hasText: text });

async function middleOf(place: Locator): Promise<number> {
  const { y = 0, height = 0 } = (await place.boundingBox()) ?? {};
  return y + height / 2;
}

test('WCM-03 WCM-04 an alert arrives, the manager reads the chat around it two clicks from the list, and confirms', async () => {
  await page.getByRole('button', { name: /条未读通知$/ }).click();
  await page.getByRole('cell', { name: '发现风险' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: '去查看' }).first().click();
  await page.waitForURL(/\/findings/);
  await page.getByRole('cell', { name: '疑似私下收款' }).first().click();
  await page.getByText('线索 ·').waitFor();
  await page.getByText('只是一条值得查看的线索').waitFor();
  expect(await said(words.said).count()).toBe(0);
  expect(await acts()).not.toContain('finding.messages_read');
  await shoot(page, 'risk-case');
  await page.getByRole('button', { name: '查看聊天内容（会记入审计）' }).click();
  await said(words.after).waitFor();
  const named = page.locator('[data-message][aria-current=true]');
  expect(await named.count()).toBe(1);
  await named.getByText(words.said).waitFor();
  await named.getByText(/已撤回/).waitFor();
  expect(Math.abs((await middleOf(named)) - (await middleOf(page.getByLabel('消息', { exact: true }))))).toBeLessThan(
    30,
  );
  expect(await acts()).toContain('finding.messages_read');
  expect(await page.getByRole('link', { name: '查看完整会话' }).count()).toBe(0);
  expect(await barriers(page)).toEqual([]);
  await shoot(page, 'risk-case-chat');
  await page.getByRole('radio', { name: /^确认/ }).check();
  await page.getByLabel('说明').fill('与客户核实：要求转到个人账户。');
  await page.getByRole('button', { name: /提\s*交/ }).click();
  await page.getByText('已提交：已确认').waitFor();
  // What was opened stays open: nothing is asked for, and recorded, a second time.
  await said(words.said).waitFor();
  expect((await acts()).filter((act) => act === 'finding.messages_read')).toHaveLength(1);
  expect(faults).toEqual([]);
});

test('WCM-05 a recall is read where it stood, and what was taken back with it', async () => {
  await open('/findings?detector=RECALL');
  await page.locator('tbody tr.ant-table-row').first().click();
  await page.getByRole('button', { name: '查看聊天内容（会记入审计）' }).click();
  await page.locator('[data-message][aria-current=true]').first().waitFor();
  await page.getByText('撤回了一条消息').first().waitFor();
  await said(words.said)
    .getByText(/已撤回/)
    .waitFor();
  await page.getByRole('button', { name: '查看原消息' }).click();
  await shoot(page, 'risk-recall');
  expect(await barriers(page)).toEqual([]);
});

test('WCM-06 a deletion shows what became of the relation, and where the customer can be handed on', async () => {
  await open(`/findings/${lead}`);
  await page.getByRole('button', { name: '转给其他同事' }).click();
  await page.waitForURL(`**/handover/new?from=${pair.userid}&contacts=${pair.external_userid}&finding=${lead}`);
  await page.getByText('因风险事件而交接').waitFor();
  await page.getByText('还没有选接替人').waitFor();
  control().deleteByStaff(pair);
  const known = async () =>
    (
      await system.db.query<{ id: unknown }>(
        "SELECT id FROM finding WHERE detector = 'CUSTOMER_DELETED_BY_STAFF' AND external_userid = ?",
        [pair.external_userid],
      )
    )[0];
  await until('the deletion is found', async () => (await known()) !== undefined);
  await open(`/findings/${(await known())?.id}`);
  await page.getByText('这两人之间的经过').waitFor();
  await page.locator('li').filter({ hasText: '删除' }).getByText('依据', { exact: true }).waitFor();
  await page.getByText('企业微信不能再转接').waitFor();
  expect(await page.getByRole('button', { name: '转给其他同事' }).count()).toBe(0);
  await page.getByRole('button', { name: '交接该成员的其他客户' }).waitFor();
  expect(await page.getByRole('button', { name: /^查看聊天内容/ }).count()).toBe(0);
  expect(await barriers(page)).toEqual([]);
  await shoot(page, 'risk-deleted');
});

const today = (): string => shanghaiDay(new Date());

async function openChat(): Promise<void> {
  await page.getByRole('button', { name: '查看聊天内容（会记入审计）' }).click();
  await said(words.after).waitFor();
}

/** What each page says when it has something to say. */
const pages: readonly [name: string, path: () => string, there: () => Promise<unknown>][] = [
  ['case', () => `/findings/${lead}`, openChat],
  ['today', () => '/risk', () => page.getByRole('heading', { name: '等得最久' }).waitFor()],
  ['people', () => '/risk/people', () => page.locator('tbody tr.ant-table-row').first().waitFor()],
  ['person', () => `/risk/people/${pair.userid}`, () => page.getByRole('heading', { name: '每周发现' }).waitFor()],
  ['customers', () => '/risk/customers', () => page.locator('tbody tr.ant-table-row').first().waitFor()],
  ['detectors', () => '/risk/detectors', () => page.getByText('撤回了消息').waitFor()],
  ['weekly', () => `/risk/weekly?from=${today()}`, () => page.getByRole('heading', { name: '概要' }).waitFor()],
];

test.each(pages)(
  'WCM-03 %s is without barriers in both colours, and holds in a narrow window',
  async (name, path, there) => {
    await open(path());
    await there();
    await page.waitForLoadState('networkidle');
    await shoot(page, `risk-${name}`);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await barriers(page)).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 375, height: 700 });
    const wider = () => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(await wider()).toBeLessThanOrEqual(0);
    await shoot(page, `risk-${name}-narrow`);
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(faults).toEqual([]);
  },
);

test('WCM-03 keys lead from the list of staff to one of them, and that is recorded; a click on the points tells their sum', async () => {
  await open('/risk/people');
  const first = page.locator('tbody tr.ant-table-row').first();
  await first.waitFor();
  await first.getByText(/^\d+$/).first().hover();
  await page
    .getByRole('tooltip')
    .getByText(/×.+ = \d+。已排除的不计分/)
    .waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/risk\/people\/.+/);
  await page.getByRole('heading', { name: '每周发现' }).waitFor();
  await page.getByText('看数字').click();
  expect(
    await page
      .getByRole('row')
      .filter({ hasText: /^\d{4}-\d\d-\d\d/ })
      .count(),
  ).toBeGreaterThanOrEqual(13);
  const sql = "SELECT target FROM audit_event WHERE action = 'risk.person_read' ORDER BY id DESC LIMIT 1";
  const [row] = await system.db.query<{ target: string }>(sql);
  expect(row?.target).toBe(`staff:${decodeURIComponent(page.url().split('/').at(-1) ?? '')}`);
});

test('WCM-03 the weekly report goes to paper without what can only be pressed, and light', async () => {
  await open(`/risk/weekly?from=${today()}`);
  await page.getByRole('heading', { name: '概要' }).waitFor();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.getByRole('navigation').waitFor({ state: 'hidden' });
  expect(await page.getByRole('button', { name: '打印' }).isVisible()).toBe(false);
  expect(await page.evaluate('document.documentElement.dataset.scheme')).toBe('light');
  const folder = process.env.SHOTS;
  if (folder) await page.pdf({ path: join(folder, 'risk-weekly.pdf'), format: 'A4' });
  if (folder) await page.screenshot({ path: join(folder, 'risk-weekly-print.png') });
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
  await page.getByRole('button', { name: '上一周' }).click();
  await page.waitForURL(/from=/);
  await page.getByText('这一周没有发现风险事件').waitFor();
});

const names = ['名字很长的同事'.repeat(9), 'שרה כהן 🀄️👩‍👩‍👧', 'x'.repeat(64)];

test('WCM-03 long names, any script and many findings stay inside; a fault and an empty list say so', async () => {
  const by_severity = { critical: 1204, high: 12, medium: 100, low: 7000, lead: 20_000 };
  const items = names.map((name, place) => ({
    ...{ userid: `u${place}`, name, points: 18_000, by_severity, open: 12_000, last_at: new Date().toISOString() },
  }));
  const answer = (body: object) => page.route('**/api/v1/risk/people?*', (route) => route.fulfill({ json: body }));
  await answer({ items, next_cursor: null });
  await open('/risk/people');
  await page.getByText('שרה').waitFor();
  const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  expect(await page.evaluate(wider)).toBeLessThanOrEqual(0);
  await shoot(page, 'risk-people-long');
  await page.unroute('**/api/v1/risk/people?*');
  await answer({ items: [], next_cursor: null });
  await open('/risk/people');
  await page.getByText('没有与成员有关的风险事件').waitFor();
  await shoot(page, 'risk-people-empty');
  await page.unroute('**/api/v1/risk/people?*');
  await page.route('**/api/v1/detectors', (route) => route.abort());
  await open('/risk/detectors');
  await page.getByText('连不上服务器').waitFor();
  await page.getByRole('button', { name: '重试' }).waitFor();
  await page.unroute('**/api/v1/detectors');
  await open('/risk/people/nobody');
  await page.getByText('没有这位成员').waitFor();
});

test('WCM-03 the desk speaks English, on a large screen too', async () => {
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 1920, height: 1080 },
    reducedMotion: 'reduce',
  });
  await context.addCookies(await page.context().cookies());
  const english = await context.newPage();
  const seen: readonly [path: string, heading: string][] = [
    ['/risk', 'Waiting longest'],
    [`/findings/${lead}`, 'What was said'],
    ['/risk/detectors', 'How much can be seen'],
    [`/risk/weekly?from=${today()}`, 'Summary'],
  ];
  for (const [place, [path, heading]] of seen.entries()) {
    await english.goto(system.url + path);
    await english.getByRole('heading', { name: heading, exact: true }).waitFor();
    await english.waitForLoadState('networkidle');
    expect(await barriers(english)).toEqual([]);
    await shoot(english, `risk-english-${place}`);
  }
  await context.close();
});
