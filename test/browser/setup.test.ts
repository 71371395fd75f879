import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { loadConfig } from '../../config';
import { createAppLogger } from '../../src/core/logger';
import { type System, signInLink, startSystem } from '../../src/main';
import { createSandbox, type Sandbox, sandboxSettings } from '../../src/sandbox';
import { createCallbackCrypto } from '../../src/wecom/crypto';
import { barriers } from '../support/accessibility';
import { launchBrowser } from '../support/browser';

jest.setTimeout(120_000);

let dir: string;
let system: System;
let sandbox: Sandbox;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'scrm-setup-'));
  sandbox = createSandbox({ staff: 10, externalContacts: 60, groupChats: 3, leavers: 0 });
  const apiBase = await sandbox.start(0);
  const port = await freePort();
  // Nothing of the company: the mode, and where WeCom is.
  const env = { DATA_DIR: dir, PORT: String(port), WECOM_MODE: 'live', WECOM_API_BASE: apiBase };
  const config = loadConfig(env);
  system = await startSystem({ config, migrate: true, logger: createAppLogger({ level: 'error' }) });
  browser = await launchBrowser();
  context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
});

afterAll(async () => {
  await context?.close();
  await browser?.close();
  await system?.stop();
  await sandbox?.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address ? address.port : 0;
}

/** For a person who looks at it. */
async function picture(name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
  }
}

/** What WeCom's admin console does when somebody saves the address with what was copied. */
async function saveInWecom(url: string, token: string, aesKey: string): Promise<string> {
  const crypto = createCallbackCrypto({ token, aesKey, receiveId: sandboxSettings.corpId });
  const encrypt = crypto.encrypt(String(randomInt(1e9)));
  const parts = { timestamp: String(Math.floor(Date.now() / 1000)), nonce: '4711', encrypt };
  const { timestamp, nonce } = parts;
  const query = new URLSearchParams({ msg_signature: crypto.sign(parts), timestamp, nonce, echostr: encrypt });
  return (await fetch(`${url}?${query}`)).text();
}

/** Makes the keys of a receiver and enters them in WeCom. */
async function connectReceiver(name: string): Promise<void> {
  const card = page.getByRole('region', { name });
  await card.getByRole('button', { name: '生成 Token 与 EncodingAESKey' }).click();
  await card.getByText('EncodingAESKey', { exact: true }).waitFor();
  const [url = '', token = '', aesKey = ''] = await card.locator('dd code').allInnerTexts();
  await card.getByText('等待企业微信验证').waitFor();
  await saveInWecom(url, token, aesKey);
  await card.getByText('企业微信已验证').waitFor();
}

const next = (name: string) => page.getByRole('button', { name }).click();

test('PLT-05 the wizard leads from an empty server to a connected company with its first sync', async () => {
  await page.goto(String(await signInLink(system)));
  await page.waitForURL(`${system.url}/setup`);
  await page.getByLabel('企业 ID').fill(` ${sandbox.corpId} `);
  await picture('1-company');
  await next('下一步');

  // A wrong secret is told at once, and nothing is connected.
  await page.getByLabel('AgentId').fill(String(sandbox.agentId));
  await page.getByLabel('Secret').fill('wrong');
  await next('保存并验证');
  await page.getByText('未通过 · 40001').waitFor();
  await picture('2-app-wrong');
  expect((await system.services.settings.view()).connected).toBe(false);

  // The right one, from an address that is not trusted yet.
  sandbox.faults.set('refused', { errcode: 60020, address: '198.51.100.23' });
  await page.getByLabel('Secret').fill(sandbox.secrets.agent);
  await next('保存并验证');
  await page.getByText('未通过 · 60020').waitFor();
  await picture('2-app-untrusted');
  expect((await system.services.settings.view()).connected).toBe(true);
  await next('继续，稍后添加可信 IP');

  await page.getByLabel('Secret').fill(sandbox.secrets.contacts);
  await picture('3-contacts');
  await next('保存并验证');
  await next('继续，稍后添加可信 IP');

  await page.getByRole('region', { name: '自建应用' }).waitFor();
  await connectReceiver('自建应用');
  await picture('4-callbacks');
  // It is left, and goes on where it was; what was shown once is not shown again.
  await page.goto(`${system.url}/setup`);
  await page.getByText('已生成，不再显示', { exact: false }).waitFor();
  expect(await page.locator('dd code').count()).toBe(2);
  await connectReceiver('通讯录同步');
  await next('下一步');

  await page.getByRole('button', { name: '检查', exact: true }).click();
  await page.getByText('198.51.100.23').first().waitFor();
  await picture('5-trust-refused');
  expect(await page.getByRole('button', { name: '开始第一次同步' }).isDisabled()).toBe(true);
  const file = 'WW_verify_0a1B2c3D4e5F6g7H.txt';
  await page.getByLabel('文件名').fill(file);
  await page.getByLabel('文件内容').fill('0a1B2c3D4e5F6g7H');
  await next('添加');
  await page.getByRole('link', { name: file }).waitFor();
  expect(await (await fetch(`${system.url}/${file}`)).text()).toBe('0a1B2c3D4e5F6g7H');
  sandbox.faults.clear();
  await page.getByRole('button', { name: '检查', exact: true }).click();
  await page.getByRole('button', { name: '开始第一次同步' }).and(page.locator(':enabled')).waitFor();
  await picture('5-trust');
  await next('开始第一次同步');

  await page.getByText(/^读取了/).waitFor();
  await picture('6-done');
  await page.getByRole('link', { name: '进入工作台' }).click();
  await page.waitForURL(`${system.url}/`);
  const [row] = await system.db.query<{ n: unknown }>('SELECT COUNT(*) AS n FROM external_contact');
  expect(Number(row?.n)).toBe(60);
  expect(faults).toEqual([]);
});

test('the doctor says what is wrong and what to click, and looks again when asked', async () => {
  sandbox.faults.set('refused', { errcode: 48002, only: ['externalcontact/groupchat/list'] });
  await page.goto(`${system.url}/settings`);
  await page.getByRole('link', { name: '配置诊断' }).click();
  await page.getByRole('button', { name: '重新检查' }).click();
  await page.getByText('可调用接口的应用', { exact: false }).waitFor();
  await picture('7-doctor');
  sandbox.faults.clear();
  await page.getByRole('button', { name: '重新检查' }).click();
  await page.getByText('可调用接口的应用', { exact: false }).waitFor({ state: 'detached' });
});

test('a change of a setting is seen in the history, and one goes back to what was', async () => {
  const by = { actor: 'host', address: '' };
  await system.services.settings.set('EGRESS_ADDRESSES', '203.0.113.9', by);
  await system.services.settings.set('EGRESS_ADDRESSES', '203.0.113.10', by);
  await page.goto(`${system.url}/settings`);
  await page.getByRole('button', { name: '变更记录' }).click();
  await page.getByRole('button', { name: '恢复到此版本 EGRESS_ADDRESSES 1' }).waitFor();
  await picture('8-history');
  await page.getByRole('button', { name: '恢复到此版本 EGRESS_ADDRESSES 1' }).click();
  await page.getByRole('tooltip').getByRole('button', { name: '恢复到此版本' }).click();
  await page.getByText('恢复到版本 1').waitFor();
  expect(await page.getByText(sandbox.secrets.agent).count()).toBe(0);
  const { settings } = await system.services.settings.view();
  expect(settings.find(({ name }) => name === 'EGRESS_ADDRESSES')?.value).toBe('203.0.113.9');
});

const looks = [
  ['zh-CN', 'light'],
  ['zh-CN', 'dark'],
  ['en', 'light'],
] as const;

test.each(['/setup', '/settings/doctor'])(
  'S19 %s has no serious barrier in either theme and language',
  async (path) => {
    for (const [language, colorScheme] of looks) {
      const preferences = JSON.stringify({ state: { language }, version: 1 });
      await page.evaluate(`localStorage.setItem('scrm.preferences', ${JSON.stringify(preferences)})`);
      await page.emulateMedia({ colorScheme });
      await page.goto(system.url + path);
      await page
        .getByRole('heading', { level: 1, name: language === 'en' ? /^(First set-up|Doctor)$/ : /./ })
        .waitFor();
      await page.waitForTimeout(500);
      expect(await barriers(page)).toEqual([]);
      if (language === 'en') await picture(`9-en${path.replaceAll('/', '-')}`);
    }
    expect(faults).toEqual([]);
  },
);
