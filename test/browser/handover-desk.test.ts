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

test('WCM-07 the board shows the most urgent first, and a manager notes who will leave', async () => {
  await open('/handover/departures');
  await rows().first().getByText('离职 5 天，逾期').waitFor();
  await page.getByRole('link', { name: /^逾期/ }).click();
  await until('one is late', async () => (await rows().count()) === 1);
  await open('/handover/departures');
  await page.getByRole('button', { name: '登记离职计划' }).click();
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
