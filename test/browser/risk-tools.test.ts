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
  await page.getByText('报价细节 8').waitFor();
  await shoot(page, 'spot-check');
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('checkbox').last().click();
  await page.getByRole('radio', { name: /缺少消息/ }).click();
  await page.getByLabel('请说明看到了什么').fill('设备上没有最后一条');
  await page.getByRole('button', { name: '记录结果' }).click();
  await page.getByRole('link', { name: '查看由抽查发现的风险事件' }).waitFor();
  const found = await system.db.query("SELECT id FROM finding WHERE detector = 'ATTESTATION_GAP'");
  expect(found).toHaveLength(1);
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
