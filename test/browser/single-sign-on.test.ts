import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateSync } from 'otplib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { loadConfig } from '../../config';
import { systemClock } from '../../src/core/clock';
import { createAppLogger } from '../../src/core/logger';
import { type System, signInLink, startSystem } from '../../src/main';
import { barriers } from '../support/accessibility';
import { launchBrowser } from '../support/browser';
import { type OidcProviderAtTest, startOidcProvider } from '../support/oidc-provider';

jest.setTimeout(120_000);

let dir: string;
let system: System;
let provider: OidcProviderAtTest;
let browser: Browser;
let page: Page;
const contexts: BrowserContext[] = [];
const faults: string[] = [];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'scrm-browser-'));
  provider = await startOidcProvider(systemClock);
  const { issuer, clientId, clientSecret } = provider.settings;
  const settings = { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret };
  const config = loadConfig({ DATA_DIR: dir, PORT: '0', ...settings });
  system = await startSystem({ config, migrate: true, logger: createAppLogger({ level: 'error' }) });
  browser = await launchBrowser();
  page = await newReader();
  await page.goto(String(await signInLink(system)));
  await page.waitForURL(`${system.url}/`);
});

afterAll(async () => {
  for (const context of contexts) await context.close();
  await browser?.close();
  await system?.stop();
  await provider?.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Screenshots are looked at by people, when they ask for them. */
const shot = (name: string): string => join(process.env.SHOTS ?? dir, `${name}.png`);

async function newReader(colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 }, colorScheme });
  contexts.push(context);
  const reader = await context.newPage();
  reader.on('pageerror', (error) => faults.push(error.message));
  return reader;
}

/** Nobody has an app yet: connecting asks for one, and goes on by itself. */
async function enrol(): Promise<void> {
  const dialog = page.getByRole('dialog', { name: '先绑定验证器应用' });
  await dialog.getByRole('button', { name: '绑定验证器应用' }).click();
  const grouped = await dialog.locator('code').innerText();
  await dialog.getByLabel('验证码').fill(generateSync({ secret: grouped.replaceAll(' ', '') }));
  await dialog.getByRole('button', { name: '确认绑定' }).click();
  await dialog.getByRole('button', { name: '已保存恢复码，继续' }).click();
}

test('PLT-02 S8 the owner connects single sign-on, comes in by it, and removes it', async () => {
  provider.state.person = 'owner';
  await page.goto(`${system.url}/account`);
  await page.getByText('尚未连接').waitFor();
  await page.screenshot({ path: shot('sso-account-off'), fullPage: true });
  await page.getByRole('button', { name: '连接单点登录' }).click();
  await enrol();
  await page.locator('.ant-message').getByText('单点登录已连接').waitFor();
  await page.waitForURL(`${system.url}/account`);
  await page.screenshot({ path: shot('sso-account-on'), fullPage: true });
  expect(await barriers(page, { every: true })).toEqual([]);

  const reader = await newReader('dark');
  await reader.goto(`${system.url}/account`);
  await reader.getByRole('link', { name: '使用单点登录' }).waitFor();
  await reader.screenshot({ path: shot('sso-sign-in-dark') });
  expect(await barriers(reader, { every: true })).toEqual([]);
  await reader.getByRole('link', { name: '使用单点登录' }).click();
  await reader.waitForURL(`${system.url}/account`);
  await reader.getByText('单点登录 ·').waitFor();
  await reader.screenshot({ path: shot('sso-account-dark'), fullPage: true });

  await page.getByRole('button', { name: '解除连接' }).click();
  await page.getByRole('tooltip').getByRole('button', { name: '解除连接' }).click();
  await page.getByText('尚未连接').waitFor();

  provider.state.person = undefined;
  await page.getByRole('button', { name: '连接单点登录' }).click();
  await page.getByRole('alert').getByText('单点登录没有连接成功').waitFor();
  await page.screenshot({ path: shot('sso-account-refused'), fullPage: true });
  expect(await barriers(page, { every: true })).toEqual([]);
  expect(faults).toEqual([]);
});

test('PLT-02 S8 whom nobody knows, and whom the provider does not answer, is told on the sign-in page', async () => {
  provider.state.person = 'stranger';
  const reader = await newReader();
  await reader.goto(`${system.url}/sign-in`);
  await reader.getByRole('link', { name: '使用单点登录' }).click();
  await reader.getByRole('alert').getByText('单点登录没有通过').waitFor();
  await reader.screenshot({ path: shot('sso-refused') });
  provider.state.moods.answers = { '/token': (response) => response.writeHead(503).end() };
  await reader.getByRole('link', { name: '使用单点登录' }).click();
  await reader.getByRole('alert').getByText('单点登录服务没有应答').waitFor();
  await reader.screenshot({ path: shot('sso-away') });
  expect(faults).toEqual([]);
});
