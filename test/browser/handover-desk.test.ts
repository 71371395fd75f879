import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { loadConfig } from '../../config';
import { days } from '../../src/core/clock';
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

/** Of the manager's line: one who is gone for days, one who just left, and one who stays for now. */
const people = { manager: '', gone: '', fresh: '', stays: '' };

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'scrm-browser-'));
  const config = loadConfig({ DATA_DIR: dir, PORT: '0' });
  system = await startSystem({ config, migrate: true, logger: createAppLogger({ level: 'error' }) });
  await aLine();
  const manager = { name: '周主管', roles: ['sales_manager'] as const, userid: people.manager };
  const { token } = await system.services.access.createUser(manager);
  await twoLeave();
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

/** Once the company was read: a manager with three below who have customers. */
async function aLine(): Promise<void> {
  const find = () =>
    system.db.query<{ manager: string; userid: string }>(
      `SELECT m.userid AS manager, s.userid, COUNT(*) AS n FROM reporting_reach reach
       JOIN staff m ON m.id = reach.superior_id JOIN staff s ON s.id = reach.staff_id
       JOIN relation r ON r.staff_id = s.id AND r.state = 'active'
       WHERE reach.superior_id <> reach.staff_id AND m.departed_at IS NULL AND s.departed_at IS NULL
       GROUP BY m.userid, s.userid HAVING COUNT(*) > 1 ORDER BY m.userid, n DESC`,
    );
  const ofOne = async () => {
    const rows = await find();
    return rows.filter(({ manager }) => rows.filter((row) => row.manager === manager).length >= 3);
  };
  await until('the company is read', async () => (await ofOne()).length >= 3);
  const [gone, fresh, stays] = await ofOne();
  Object.assign(people, { manager: gone?.manager, gone: gone?.userid, fresh: fresh?.userid, stays: stays?.userid });
}

const departureOf = async (userid: string): Promise<string | undefined> => {
  const sql = 'SELECT d.id FROM departure d JOIN staff s ON s.id = d.staff_id WHERE s.userid = ? ORDER BY d.id DESC';
  const [row] = await system.db.query<{ id: string }>(sql, [userid]);
  return row?.id;
};

/** One of them as if five days ago. */
async function twoLeave(): Promise<void> {
  for (const userid of [people.gone, people.fresh]) control().staffLeaves({ userid });
  for (const userid of [people.gone, people.fresh]) {
    await until('the departure is known', async () => (await departureOf(userid)) !== undefined);
  }
  await system.db.execute('UPDATE departure SET departed_at = ? WHERE id = ?', [
    new Date(Date.now() - days(5)),
    (await departureOf(people.gone)) ?? '',
  ]);
}

const open = (path: string) => page.goto(system.url + path);
const rows = () => page.locator('tbody tr.ant-table-row');
const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

const idOf = async (userid: string): Promise<string> => (await departureOf(userid)) ?? '';

test('WCM-07 the board shows the most urgent first, and a manager notes who will leave', async () => {
  await open('/handover/departures');
  await rows().first().getByText('逾期').waitFor();
  await rows().getByText('离职 5 天，逾期').waitFor();
  await page.getByRole('link', { name: /^刚离职/ }).click();
  await until('one just left', async () => (await rows().count()) === 1);
  await open('/handover/departures?new=1');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('成员').fill(people.stays);
  await page.locator('.ant-select-item-option').first().click();
  await dialog.getByLabel('备注').fill('下月回老家');
  await shoot(page, 'handover-register');
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole('button', { name: /登\s*记/ }).click();
  await dialog.waitFor({ state: 'hidden' });
  await rows().getByText('计划离职').waitFor();
  expect(await departureOf(people.stays)).toBeDefined();
  expect(faults).toEqual([]);
});

test('WCM-07 of what a leaver holds some is chosen by keys, and goes to a new plan', async () => {
  await open(`/handover/departures/${await idOf(people.gone)}`);
  await rows().first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByText('已选 1 位客户').waitFor();
  await shoot(page, 'handover-chosen');
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('link', { name: '交接所选' }).click();
  await page.waitForURL(/\/handover\/new\?/);
  const { searchParams } = new URL(page.url());
  expect(searchParams.get('from')).toBe(people.gone);
  expect(searchParams.get('contacts')).toMatch(/^wm/);
});

test('WCM-07 a departure that was noted is changed and called off', async () => {
  await open(`/handover/departures/${await idOf(people.stays)}`);
  await page.getByText('备注：下月回老家').waitFor();
  await page.getByRole('button', { name: /修\s*改/ }).click();
  await page.getByRole('dialog').getByLabel('备注').fill('改到年底');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /保\s*存/ })
    .click();
  await page.getByText('备注：改到年底').waitFor();
  await page.getByRole('button', { name: '取消登记' }).click();
  await page.getByRole('tooltip').getByRole('button', { name: '取消登记' }).click();
  await page.getByText('已取消', { exact: true }).waitFor();
  await open('/handover/departures?stand=over');
  await rows().getByText('已取消').waitFor();
});

/** What each page says when it has something to say. */
const pages: readonly [name: string, path: () => Promise<string>, there: () => Promise<unknown>][] = [
  ['board', async () => '/handover/departures', () => rows().first().waitFor()],
  ['contacts', async () => `/handover/departures/${await idOf(people.gone)}`, () => rows().first().waitFor()],
  [
    'groups',
    async () => `/handover/departures/${await idOf(people.gone)}?tab=groups`,
    () => page.getByRole('tab', { name: /^客户群/, selected: true }).waitFor(),
  ],
  [
    'subjects',
    async () => `/handover/departures/${await idOf(people.gone)}?tab=subjects`,
    () => page.getByRole('tab', { name: /^其他事项/, selected: true }).waitFor(),
  ],
  ['leftovers', async () => '/handover/leftovers', () => page.getByText(/留在离职成员名下：/).waitFor()],
];

test.each(pages)(
  'WCM-07 %s is without barriers in both colours, and holds in a narrow window',
  async (name, path, there) => {
    await open(await path());
    await there();
    await page.waitForLoadState('networkidle');
    await shoot(page, `handover-${name}`);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await barriers(page)).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 375, height: 700 });
    expect(await page.evaluate(wider)).toBeLessThanOrEqual(0);
    await shoot(page, `handover-${name}-narrow`);
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(faults).toEqual([]);
  },
);

const asWritten = { updated_at: new Date().toISOString(), created_at: new Date().toISOString() };
const zero = { in_handover: 0, moved: 0, exceptions: 0, subjects: 0 };
const long = ['名字很长的同事'.repeat(9), 'שרה כהן 🀄️👩‍👩‍👧', 'x'.repeat(64)];
const many = long.map((name, place) => ({
  ...{ id: `d${place}`, userid: `u${place}`, name, position: null, avatar: null, state: 'left', last_day: null },
  departments: [{ id: 1, name: '华东大区第三销售中心重点客户部'.repeat(3) }],
  ...{ departed_at: new Date(Date.now() - days(360)).toISOString(), noticed_by: 'event', note: '备注'.repeat(200) },
  movable_until: new Date(Date.now() + days(5)).toISOString(),
  ...{ created_by: { actor: 'system', name: null }, version: 1, ...asWritten },
  counts: {
    ...{
      external_contacts: { movable: 12_345, apart: 678 },
      group_chats: { owned: 900, owner_left: 1, inheriting: 1 },
    },
    ...{ ...zero, subjects: 77, in_handover: 4_321, moved: 22_222, exceptions: 1_234 },
  },
}));

async function answering(pattern: string, body: object, look: () => Promise<void>): Promise<void> {
  await page.route(pattern, (route) => route.fulfill({ json: body }));
  await look();
  await page.unroute(pattern);
}

test('WCM-07 long names, any script and large numbers stay inside; a fault and an empty board say so', async () => {
  await answering('**/api/v1/departures?*', { items: many, next_cursor: null }, async () => {
    await open('/handover/departures');
    await page.getByText('שרה').first().waitFor();
    expect(await page.evaluate(wider)).toBeLessThanOrEqual(0);
    await shoot(page, 'handover-board-long');
  });
  await answering('**/api/v1/departures/d0', many[0] ?? {}, async () => {
    await open('/handover/departures/d0?tab=groups');
    await page.getByText('没有这条离职记录', { exact: false }).waitFor();
    expect(await page.evaluate(wider)).toBeLessThanOrEqual(0);
    await shoot(page, 'handover-one-long');
  });
  await answering('**/api/v1/departures?*', { items: [], next_cursor: null }, async () => {
    await open('/handover/departures');
    await page.getByText('没有待交接的离职').waitFor();
    await shoot(page, 'handover-board-empty');
  });
  await page.route('**/api/v1/leftovers/summary', (route) => route.abort());
  await open('/handover/leftovers');
  await page.getByText('连不上服务器').waitFor();
  await page.unroute('**/api/v1/leftovers/summary');
});

const subjects = [
  { kind: 'approval', id: 'a1', title: 'archive.export', link: '/approvals', movable: true },
  { kind: 'api_token', id: 't1', title: '数据看板', link: '/access?tab=tokens', movable: true },
  { kind: 'api_token', id: 't2', title: '报表同步', link: '/access?tab=tokens', movable: true },
  { kind: 'webhook', id: 'w1', title: 'hooks.example.com', link: '/settings/webhooks/w1', movable: true },
  { kind: 'finding_review', id: '31', title: 'RECALL 31', link: '/findings/31', movable: true },
  { kind: 'spot_check', id: '7', title: '# 7', link: '/risk/spot-checks/7', movable: false },
  { kind: 'something_new', id: 'n1', title: '将来的事项', link: null, movable: true },
];

test('WCM-07 other things are ended or given on after a question, and what is theirs stands in words', async () => {
  const asked: unknown[] = [];
  await page.route('**/api/v1/departures/*/subjects/hand', (route) => {
    asked.push(route.request().postDataJSON());
    return route.fulfill({
      json: {
        items: [
          { id: 't1', outcome: 'ended' },
          { id: 't2', outcome: 'ended' },
        ],
      },
    });
  });
  await answering('**/api/v1/departures/*/subjects', { items: subjects, next_cursor: null }, async () => {
    await open(`/handover/departures/${await idOf(people.gone)}?tab=subjects`);
    await page.getByRole('link', { name: '导出会话内容' }).waitFor();
    await page.getByText('撤回了消息 · 编号 31').waitFor();
    expect(await page.getByText(/RECALL|api_token|something_new/).count()).toBe(0);
    await shoot(page, 'handover-subjects-all');
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: '全部吊销（2）' }).click();
    await page.getByText('立即失效，不能恢复', { exact: false }).waitFor();
    await page.getByRole('tooltip').getByRole('button', { name: '全部吊销（2）' }).click();
    await page.getByText('已处理 2 项').waitFor();
    await page.getByRole('button', { name: '交给同事' }).first().click();
    await page.getByRole('dialog').getByText('接替的同事').waitFor();
    await shoot(page, 'handover-give');
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });
  await page.unroute('**/api/v1/departures/*/subjects/hand');
  expect(asked).toEqual([{ kind: 'api_token', ids: ['t1', 't2'], to: null }]);
});

const summary = { checked_at: new Date().toISOString(), leavers: 4, total: 0, counts: [] };

test('WCM-07 nothing left is said in green when WeCom was asked lately, and is not claimed when it was not', async () => {
  await answering('**/api/v1/leftovers?*', { items: [], next_cursor: null }, async () => {
    await answering('**/api/v1/leftovers/summary', { ...summary, list_read_at: summary.checked_at }, async () => {
      await open('/handover/leftovers');
      await page.getByText('没有任何客户、客户群或事项留在离职成员名下').waitFor();
      await page.getByText('没有遗留', { exact: true }).waitFor();
      await shoot(page, 'handover-clear');
      expect(await barriers(page)).toEqual([]);
    });
    const half = { total: 3, counts: [{ kind: 'external_contact', why: 'half', count: 3 }] };
    await answering(
      '**/api/v1/leftovers/summary',
      { ...summary, ...half, list_read_at: summary.checked_at },
      async () => {
        await open('/handover/leftovers');
        await page.getByText('能转移的都已转移', { exact: false }).waitFor();
        await shoot(page, 'handover-excepted');
      },
    );
    await answering('**/api/v1/leftovers/summary', { ...summary, list_read_at: null }, async () => {
      await open('/handover/leftovers');
      await page.getByText('请重新读取后再下结论', { exact: false }).waitFor();
    });
  });
  await open('/handover/leftovers');
  await page.getByRole('button', { name: '重新读取并核对' }).click();
  await page.getByText('已读完，结论已更新').waitFor();
  await page.getByRole('link', { name: /^\d+$/ }).first().click();
  await page.waitForURL(/why=/);
  await rows().first().waitFor();
});

test('WCM-07 the desk speaks English; whoever may not see it is told so', async () => {
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 1920, height: 1080 },
    reducedMotion: 'reduce',
  });
  await context.addCookies(await page.context().cookies());
  const english = await context.newPage();
  for (const [place, [path, words]] of [
    ['/handover/departures', 'Overdue, 5 d'],
    [`/handover/departures/${await idOf(people.gone)}`, 'Movable'],
    ['/handover/leftovers', 'Not planned'],
    ['/', 'Departures to hand over'],
  ].entries()) {
    await english.goto(system.url + path);
    await english
      .getByText(words ?? '')
      .first()
      .waitFor();
    await english.waitForLoadState('networkidle');
    expect(await barriers(english)).toEqual([]);
    await shoot(english, `handover-english-${place}`);
  }
  const { token } = await system.services.access.createUser({ name: '小钱', roles: ['finance'] });
  const other = await browser.newContext({ locale: 'zh-CN', reducedMotion: 'reduce' });
  const finance = await other.newPage();
  await finance.goto(system.url + signInPath(token));
  await finance.waitForURL(`${system.url}/`);
  for (const path of ['/handover/departures', '/handover/departures/x', '/handover/leftovers']) {
    await finance.goto(system.url + path);
    await finance.getByText('你的角色看不到这里的内容').waitFor();
  }
  await Promise.all([context.close(), other.close()]);
});
