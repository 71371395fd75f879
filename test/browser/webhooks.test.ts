import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { loadConfig } from '../../config';
import { createAppLogger } from '../../src/core/logger';
import { type System, signInLink, startSystem } from '../../src/main';
import { aReceiver, isGenuine } from '../features/kernel/webhooks/webhooks-at-test';
import { barriers } from '../support/accessibility';
import { launchBrowser } from '../support/browser';

jest.setTimeout(120_000);

let dir: string;
let system: System;
let browser: Browser;
let page: Page;
let receiver: Awaited<ReturnType<typeof aReceiver>>;
const faults: string[] = [];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'scrm-browser-'));
  receiver = await aReceiver();
  const config = loadConfig({ DATA_DIR: dir, PORT: '0', OUTBOUND_ALLOWED_HOSTS: receiver.host });
  system = await startSystem({ config, migrate: true, logger: createAppLogger({ level: 'error' }) });
  browser = await launchBrowser();
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(String(await signInLink(system)));
  await page.waitForURL(`${system.url}/`);
});

afterAll(async () => {
  await browser?.close();
  await system?.stop();
  receiver?.stop();
  rmSync(dir, { recursive: true, force: true });
});

let secret = '';

test('S4 E4 an address inside is refused in words; a good one is added and its secret shown once', async () => {
  await page.goto(`${system.url}/settings/webhooks`);
  await page.getByText('还没有 Webhook').waitFor();
  await page.getByRole('button', { name: '添加 Webhook' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('接收地址').fill('http://169.254.169.254/latest/meta-data');
  await form.getByLabel('说明').fill('ERP 同步');
  await form.getByRole('checkbox', { name: /成员离职/ }).check();
  await form.getByRole('button', { name: '添加' }).click();
  await form.getByText('不能使用这个地址').waitFor();

  await form.getByLabel('接收地址').fill(receiver.url('/hook'));
  expect(await barriers(page)).toEqual([]);
  await form.getByRole('button', { name: '添加' }).click();
  secret = await form.locator('code', { hasText: 'whsec_' }).innerText();
  expect(secret).toMatch(/^whsec_/);
  await page.keyboard.press('Escape');
  await page.getByRole('cell', { name: 'ERP 同步' }).waitFor();
  await form.waitFor({ state: 'detached' });
  expect((await page.content()).includes(secret)).toBe(false);
});

test('E4 a test message arrives, signed, and stands in the log with the answer; it can be sent again', async () => {
  receiver.answers('/hook', { status: 200, body: 'thanks' });
  await page.getByRole('cell', { name: 'ERP 同步' }).click();
  await page.getByRole('heading', { name: 'ERP 同步' }).waitFor();
  await page.getByRole('button', { name: '发送测试消息' }).click();
  await page.getByRole('cell', { name: '已送达' }).waitFor();
  expect(receiver.at('/hook').map((one) => isGenuine(one, secret))).toEqual([true]);

  await page.getByRole('cell', { name: '测试消息' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText('thanks').waitFor();
  expect(await barriers(page)).toEqual([]);
  await drawer.getByRole('button', { name: '重新发送' }).click();
  await page.getByText('已重新排队').waitFor();
  for (let round = 0; round < 100 && receiver.at('/hook').length < 2; round++) await page.waitForTimeout(50);
  const [first, second] = receiver.at('/hook').map(({ headers }) => headers['webhook-id']);
  expect([first, second]).toEqual([first, first]);
});

test('E4 it is switched off and on again, and removed', async () => {
  await page.goto(page.url().split('?')[0] ?? '');
  await page.getByRole('button', { name: '停用' }).click();
  await page.getByText('已停用', { exact: true }).first().waitFor();
  expect(await page.getByRole('button', { name: '发送测试消息' }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: '启用' }).click();
  await page.getByRole('button', { name: '停用' }).waitFor();
  await page.getByRole('button', { name: '删除' }).click();
  await page.getByRole('tooltip').getByRole('button', { name: '删除' }).click();
  await page.getByText('还没有 Webhook').waitFor();
  expect(faults).toEqual([]);
});
