import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { loadConfig } from '../../config';
import { createAppLogger } from '../../src/core/logger';
import { signInPath } from '../../src/features/kernel/access';
import { type System, startSystem } from '../../src/main';
import { barriers } from '../support/accessibility';
import { launchBrowser } from '../support/browser';

jest.setTimeout(120_000);

let dir: string;
let system: System;
let browser: Browser;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'scrm-browser-'));
  const config = loadConfig({ DATA_DIR: dir, PORT: '0' });
  system = await startSystem({ config, migrate: true, logger: createAppLogger({ level: 'error' }) });
  browser = await launchBrowser();
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  // Who is told of no findings: in the demo company something is always found.
  const { token } = await system.services.access.createUser({ name: '管理员', roles: ['system_admin'] });
  await page.goto(system.url + signInPath(token));
  await page.waitForURL(`${system.url}/`);
});

afterAll(async () => {
  await browser?.close();
  await system?.stop();
  rmSync(dir, { recursive: true, force: true });
});

const happens = (dedupeKey: string) =>
  system.db.transact(() => system.services.notifications.raise({ kind: 'backup_failed', params: {}, dedupeKey }));

test('PLT-15 the bell counts what is unread; opened is read, and the rest at once', async () => {
  await page.getByRole('button', { name: '没有未读通知' }).click();
  await page.getByText('还没有通知').waitFor();
  await happens('b1');
  await happens('b2');
  await page.reload();
  await page.getByRole('button', { name: '2 条未读通知' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('cell', { name: '备份失败' }).first().click();
  await page.getByRole('button', { name: '1 条未读通知' }).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: '去查看' }).click();
  await page.waitForURL(/\/settings/);
  await page.goto(`${system.url}/notifications`);
  await page.getByRole('button', { name: '全部标为已读' }).click();
  await page.getByRole('button', { name: '没有未读通知' }).waitFor();
});

test('PLT-15 preferences are kept; what is mandatory offers no choice', async () => {
  await page.getByRole('tab', { name: '接收方式' }).click();
  await page.getByLabel('邮箱').fill('zhao@example.com');
  const row = page.getByRole('row', { name: /^任务失败/ });
  await row.getByText('不发').first().click();
  expect(await page.getByRole('row', { name: /^备份失败/ }).innerText()).toContain('不能关闭');
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('已保存').waitFor();
  await page.reload();
  await page.getByRole('row', { name: /^任务失败/ }).waitFor();
  expect(await page.getByLabel('邮箱').inputValue()).toBe('zhao@example.com');
  expect(await row.getByRole('radio', { name: '不发' }).first().isChecked()).toBe(true);
  expect(faults).toEqual([]);
});
