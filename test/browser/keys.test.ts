import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateSync } from 'otplib';
import type { Browser, Page } from 'playwright-core';
import { loadConfig } from '../../config';
import { createAppLogger } from '../../src/core/logger';
import { type System, signInLink, startSystem } from '../../src/main';
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
  const config = loadConfig({ DATA_DIR: dir, PORT: '0', KEY_SPREAD_SECONDS: '0' });
  system = await startSystem({ config, migrate: true, logger: createAppLogger({ level: 'error' }) });
  browser = await launchBrowser();
  page = await newReader();
  await page.goto(String(await signInLink(system)));
  await page.waitForURL(`${system.url}/`);
});

afterAll(async () => {
  await browser?.close();
  await system?.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function newReader(): Promise<Page> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
  const reader = await context.newPage();
  reader.on('pageerror', (error) => faults.push(error.message));
  return reader;
}

async function enrol(): Promise<void> {
  const dialog = page.getByRole('dialog', { name: '先绑定验证器应用' });
  await dialog.getByRole('button', { name: '绑定验证器应用' }).click();
  const grouped = await dialog.locator('code').innerText();
  await dialog.getByLabel('验证码').fill(generateSync({ secret: grouped.replaceAll(' ', '') }));
  await dialog.getByRole('button', { name: '确认绑定' }).click();
  await dialog.getByRole('button', { name: '已保存恢复码，继续' }).click();
}

test('O7 S12 a key is rotated from the console: a factor is asked for, and the page follows until the old one is retired', async () => {
  await page.goto(`${system.url}/`);
  await page.getByRole('link', { name: '加密密钥' }).click();
  await page.getByText('还没有轮换过密钥').waitFor();
  await page.getByRole('row', { name: /密钥 1.*使用中/ }).waitFor();

  await page.getByRole('button', { name: '轮换密钥' }).click();
  await page.getByRole('tooltip').getByRole('button', { name: '轮换密钥' }).click();
  await enrol();

  await page.getByRole('row', { name: /密钥 2.*使用中/ }).waitFor();
  await page.getByRole('row', { name: /密钥 1.*已停用/ }).waitFor();
  await page.getByRole('row', { name: /已完成.*个值.*管理员/ }).waitFor();
  expect(await page.getByText('无法解开').count()).toBe(0);
  const keys = await system.services.keys.list();
  expect(keys.map(({ version, state }) => [version, state])).toEqual([
    [2, 'active'],
    [1, 'retired'],
  ]);
});

test('O7 values that nobody can open are named, and the keys stay', async () => {
  await system.db.execute("UPDATE totp_factor SET pending = 'v1.AAAA.AAAA.AAAA'");
  await system.services.keys.rotate({ actor: 'host', by: 'host' });
  await page.reload();
  await page.getByRole('alert').getByText('1 个值无法解开').waitFor();
  await page.getByRole('row', { name: /密钥 2.*等待重新加密/ }).waitFor();
});

test('S9 PLT-02 whoever may not rotate keys is led to no page about them', async () => {
  const { token } = await system.services.access.createUser({ name: '系统甲', roles: ['compliance_officer'] });
  const reader = await newReader();
  await reader.goto(`${system.url}/sign-in#token=${token}`);
  await reader.waitForURL(`${system.url}/`);
  await reader.getByRole('link', { name: '操作审计' }).waitFor();
  expect(await reader.getByRole('link', { name: '加密密钥' }).count()).toBe(0);
  await reader.goto(`${system.url}/settings/keys`);
  await reader.getByText('你的角色看不到这里的内容').first().waitFor();
  expect(await reader.getByRole('button', { name: '轮换密钥' }).count()).toBe(0);
});

test.each(['light', 'dark'] as const)('/settings/keys has no serious barrier in %s', async (colorScheme) => {
  await page.emulateMedia({ colorScheme });
  await page.goto(`${system.url}/settings/keys`);
  await page.getByRole('row', { name: /^密钥 3 / }).waitFor();
  await page.waitForTimeout(500);
  expect(await barriers(page)).toEqual([]);
  expect(faults).toEqual([]);
});
