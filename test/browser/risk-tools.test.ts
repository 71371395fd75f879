import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { loadConfig } from '../../config';
import { createAppLogger } from '../../src/core/logger';
import { signInPath } from '../../src/features/kernel/access';
import type { Role } from '../../src/http/roles';
import { type System, startSystem } from '../../src/main';
import { barriers } from '../support/accessibility';
import { launchBrowser, shoot } from '../support/browser';
import { until } from '../support/system';

jest.setTimeout(180_000);

let dir: string;
let system: System;
let browser: Browser;
const faults: string[] = [];

/** Somebody with a customer whose conversation is archived. */
let pair: { userid: string; external_userid: string };

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'scrm-browser-'));
  const config = loadConfig({ DATA_DIR: dir, PORT: '0' });
  system = await startSystem({ config, migrate: true, logger: createAppLogger({ level: 'error' }) });
  await somethingSaid();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await system?.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function somethingSaid(): Promise<void> {
  const find = () =>
    system.db.query<typeof pair>(
      `SELECT s.userid, r.external_userid FROM relation r JOIN staff s ON s.id = r.staff_id
       WHERE r.state = 'active' ORDER BY r.id LIMIT 1`,
    );
  await until('the company is read', async () => (await find()).length > 0);
  const [row] = await find();
  if (!row || !system.demo) throw new Error('nobody has customers');
  pair = row;
  const { setSeat, consent, say } = system.demo.sandbox.control;
  setSeat({ userid: pair.userid, seat: true });
  consent({ ...pair, agreed: true });
  for (let n = 0; n < 9; n++) say({ ...pair, text: `报价细节 ${n}`, at: new Date(Date.now() - (600 - n) * 1000) });
  await until('it is archived', async () => {
    const rows = await system.db.query("SELECT id FROM archive_message WHERE type = 'text'");
    return rows.length >= 9;
  });
}

async function signedIn(role: Role): Promise<Page> {
  const { token } = await system.services.access.createUser({ name: `测试 ${role}`, roles: [role] });
  const viewport = { width: 1440, height: 900 };
  const context = await browser.newContext({ locale: 'zh-CN', viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(8_000);
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(system.url + signInPath(token));
  await page.waitForURL(`${system.url}/`);
  return page;
}

test('DET ATTESTATION_GAP a device is compared with the archive, and what it lacks is told', async () => {
  const page = await signedIn('compliance_officer');
  await page.goto(`${system.url}/risk/spot-checks?new=1`);
  await page.getByLabel('成员', { exact: true }).fill(pair.userid);
  await page.locator('.ant-select-item-option').first().click();
  await page.getByRole('button', { name: '随机抽取', exact: true }).click();
  await page.getByRole('button', { name: '开始核对' }).click();
  // Which conversation is drawn is chance.
  const ticks = page.locator('input[type=checkbox]:enabled');
  await ticks.first().waitFor();
  await shoot(page, 'spot-check');
  expect(await barriers(page)).toEqual([]);
  await ticks.last().click();
  await page.getByRole('radio', { name: /缺少消息/ }).click();
  await page.getByLabel('请说明看到了什么').fill('设备上没有最后一条');
  await page.getByRole('button', { name: '记录结果' }).click();
  await page.getByRole('link', { name: '查看由抽查发现的风险事件' }).waitFor();
  const found = await system.db.query("SELECT id FROM finding WHERE detector = 'ATTESTATION_GAP'");
  expect(found).toHaveLength(1);
  await page.getByRole('link', { name: '查看由抽查发现的风险事件' }).click();
  await page.locator('tbody tr.ant-table-row').first().click();
  const record = page.locator('li').filter({ hasText: '抽查：设备上缺少消息' });
  await record.getByRole('link', { name: '打开' }).click();
  await page.waitForURL(/\/risk\/spot-checks\/\d+$/);
  await page.goto(`${system.url}/risk/spot-checks/999999`);
  await page.getByText('没有这次抽查').waitFor();
  expect(faults).toEqual([]);
});

test('WCM-02 VIO-1.2 replies and logs open for whoever watches', async () => {
  const page = await signedIn('compliance_officer');
  for (const [path, words] of [
    ['/risk/replies', '看得到多少'],
    ['/risk/replies?by=day&days=7', '按天'],
    ['/risk/replies?tab=unanswered', '应回复于'],
    ['/risk/logs', '管理端操作记录'],
    ['/risk/logs?tab=records', '请选择一种日志'],
  ] as const) {
    await page.goto(system.url + path);
    await page.getByText(words).first().waitFor();
    await shoot(page, `tools${path.replaceAll(/\W/g, '-')}`);
    expect({ path, barriers: await barriers(page) }).toEqual({ path, barriers: [] });
  }
  expect(faults).toEqual([]);
});

const watched: readonly [path: string, api: string, words: string | RegExp][] = [
  ['/risk/replies', 'reply-quality', 'How much is seen'],
  ['/risk/replies?tab=unanswered', 'reply-quality/unanswered', 'Waited'],
  ['/risk/spot-checks', 'spot-checks', /^Started$|^Nothing was checked yet$/],
  ['/risk/logs', 'security-records/sources', 'Lost callbacks'],
  ['/risk/exceptions', 'findings/exceptions', 'No exceptions'],
  ['/risk/interception', 'interception', 'Pushed from here'],
];

const failed = {
  ...{ status: 500, contentType: 'application/problem+json' },
  body: JSON.stringify({ type: 'about:blank', code: 'INTERNAL', title: 'x', status: 500, fields: [], trace_id: 't' }),
};

test('WCM-03 the tools speak English and are without barriers in the dark; what cannot be read says so and is asked for again', async () => {
  const page = await signedIn('compliance_officer');
  const context = await browser.newContext({
    ...{ locale: 'en-US', viewport: { width: 1440, height: 900 } },
    ...{ reducedMotion: 'reduce' as const, colorScheme: 'dark' as const },
  });
  await context.addCookies(await page.context().cookies());
  const english = await context.newPage();
  english.setDefaultTimeout(8_000);
  for (const [path, api, words] of watched) {
    const asked = (url: URL) => url.pathname.startsWith(`/api/v1/${api}`);
    await english.route(asked, (route) => route.fulfill(failed));
    await english.goto(system.url + path);
    await english.getByText('The server failed and wrote it down').first().waitFor();
    await english.unroute(asked);
    await english.getByRole('button', { name: 'Retry' }).first().click();
    await english.getByText(words).first().waitFor();
    expect({ path, barriers: await barriers(english) }).toEqual({ path, barriers: [] });
  }
  await context.close();
});

test('WCM-03 long words and many rows stay inside, in a narrow window too', async () => {
  const page = await signedIn('compliance_officer');
  const at = new Date().toISOString();
  const by = { actor: 'account:1', name: '名字很长的同事'.repeat(9) };
  const items = Array.from({ length: 200 }, (_, n) => ({
    ...{ id: String(n), userid: 'x'.repeat(64), conversation_id: 'c'.repeat(32), how: 'drawn', reason: null },
    ...{ state: 'missing_on_device', draw: null, asked_by: by, asked_at: at },
    result: { missing: ['1'], note: '设备上没有最后三条消息。'.repeat(40), by, at },
  }));
  await page.route('**/api/v1/spot-checks?*', (route) => route.fulfill({ json: { items, next_cursor: 'more' } }));
  for (const width of [1440, 768]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${system.url}/risk/spot-checks`);
    await page.locator('tbody tr.ant-table-row').nth(199).waitFor({ state: 'attached' });
    const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(wider)).toBeLessThanOrEqual(0);
    const heights = await page
      .locator('tbody tr.ant-table-row')
      .evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
    expect(Math.max(...heights)).toBeLessThan(48);
  }
  expect(faults).toEqual([]);
});

test('WCM-03 the form of a new exception keeps the conditions of the list', async () => {
  const page = await signedIn('compliance_officer');
  await page.goto(`${system.url}/risk/exceptions?state=active`);
  await page.getByRole('button', { name: '新建例外' }).click();
  await page.getByRole('dialog').getByText('须由另一人批准才生效').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: '取消' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(new URL(page.url()).search).toBe('?state=active');
});

test('WCM-03 a rule that is changed is not left without a question', async () => {
  const page = await signedIn('compliance_officer');
  await page.goto(`${system.url}/risk/rules/starter-bank-card`);
  const name = page.getByLabel('名称', { exact: true });
  await name.fill('改过的名称');
  const away = page.getByRole('navigation').getByRole('link', { name: '周报' });
  await away.click();
  await page.getByRole('dialog').getByText('离开后，这些改动会丢失').waitFor();
  await shoot(page, 'rule-unsaved');
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: '留下继续编辑' }).click();
  expect(await name.inputValue()).toBe('改过的名称');
  await away.click();
  await page.getByRole('button', { name: '离开', exact: true }).click();
  await page.waitForURL(/\/risk\/weekly/);
  expect(faults).toEqual([]);
});

test('EXT-13 an administrator changes the working hours, which is a version of its own', async () => {
  const page = await signedIn('system_admin');
  await page.goto(`${system.url}/settings/calendar`);
  await page.getByRole('button', { name: '更改工作时间' }).click();
  const saturday = page.getByLabel('周六');
  await saturday.fill('9:00-25:00');
  await page.getByText('时段不能重叠').waitFor();
  await saturday.fill('9:00-12:00');
  await shoot(page, 'calendar-form');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('第 1 版').waitFor();
  await page.setViewportSize({ width: 700, height: 900 });
  await shoot(page, 'calendar-narrow');
  expect(await barriers(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test('VIO-2.2-7 I6 what was held back because too much vanished is taken for really lost, in a drawer that says why', async () => {
  if (!system.demo) throw new Error('there is no demo');
  const { control, world } = system.demo.sandbox;
  const [staff] = world.followers().sort((a, b) => b.relations.size - a.relations.size);
  const { userid = '' } = staff ?? {};
  const many = [...(staff?.relations.values() ?? [])].filter(({ half }) => !half);
  for (const { contact } of many.slice(0, Math.max(12, Math.ceil(many.length / 2))))
    control.deleteByStaff({ userid, external_userid: contact.external_userid, silent: true });
  await system.services.runs.start('reconciliation', {}, 'test');
  await until('it is held back', async () => {
    const sql = "SELECT id FROM difference WHERE kind = 'relations_shrank' AND state = 'held' AND userid = ?";
    return (await system.db.query(sql, [userid])).length > 0;
  });
  const page = await signedIn('compliance_officer');
  await page.goto(`${system.url}/sync?tab=differences&state=held`);
  await page.locator('tbody tr.ant-table-row').filter({ hasText: '消失' }).first().click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('button', { name: '确认为真实流失' }).waitFor();
  await shoot(page, 'held-loss');
  expect(await barriers(page)).toEqual([]);
  await drawer.getByRole('button', { name: '确认为真实流失' }).click();
  await page.getByText('下一次对账会按真实流失核对').waitFor();
  const sql = "SELECT id FROM difference WHERE explanation = 'accepted' AND userid = ?";
  expect(await system.db.query(sql, [userid])).toHaveLength(1);
  expect(faults).toEqual([]);
});
