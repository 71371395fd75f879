import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateSync } from 'otplib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { loadConfig } from '../../config';
import { createAppLogger } from '../../src/core/logger';
import { signInPath } from '../../src/features/kernel/access';
import { type System, startSystem } from '../../src/main';
import { barriers } from '../support/accessibility';
import { launchBrowser } from '../support/browser';
import { until } from '../support/system';

jest.setTimeout(120_000);

let dir: string;
let system: System;
let browser: Browser;
let context: BrowserContext;
let page: Page;
/** Every address this browser asked for. */
const asked: string[] = [];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'scrm-browser-'));
  const config = loadConfig({ DATA_DIR: dir, PORT: '0' });
  system = await startSystem({ config, migrate: true, logger: createAppLogger({ level: 'error' }) });
  browser = await launchBrowser();
  context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
  context.on('request', (request) => asked.push(request.url()));
  page = await context.newPage();
});

afterAll(async () => {
  await context?.close();
  await browser?.close();
  await system?.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** Screenshots are looked at by people, when they ask for them. */
const shot = (name: string) => page.screenshot({ path: join(process.env.SHOTS ?? dir, `${name}.png`) });
const linkOf = async (accountId: string): Promise<string> =>
  system.url + signInPath(await system.services.access.issueSignInLink({ accountId }));

let administrator: { id: string; secret: string };

/** A code that has not been used: time goes on for the account, not for the test. */
async function nextCode(): Promise<string> {
  await system.db.execute('UPDATE totp_factor SET last_step = NULL');
  return generateSync({ secret: administrator.secret });
}

test('S6 S24 a link that fails leaves no token behind; one that is pasted beside it signs in', async () => {
  const { access } = system.services;
  const { id, token } = await access.createUser({ name: '管理甲', roles: ['system_admin'] });
  await page.goto(`${system.url}/sign-in#token=spent-and-gone`);
  await page.getByText('登录链接无效').waitFor();
  expect(page.url()).toBe(`${system.url}/sign-in`);
  await page.evaluate(`location.assign(${JSON.stringify(signInPath(token))})`);
  await page.waitForURL(`${system.url}/`);
  await page.getByRole('heading', { name: '工作台' }).waitFor();
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.filter((url) => url.includes(token) || url.includes('spent-and-gone'))).toEqual([]);
  administrator = { id, secret: '' };
});

test('S6 another tab goes on when this one sets up an app and gets another id', async () => {
  const other = await context.newPage();
  await other.goto(`${system.url}/settings`);
  await other.getByRole('heading', { name: '设置' }).first().waitFor();
  await page.goto(`${system.url}/account`);
  const cookie = async () => (await context.cookies()).find(({ name }) => name === 'scrm_session')?.value;
  const before = await cookie();
  await page.getByRole('button', { name: '绑定验证器应用' }).click();
  administrator.secret = (await page.locator('code').first().innerText()).replaceAll(' ', '');
  await page.getByLabel('验证码').fill(await nextCode());
  await page.getByRole('button', { name: '确认绑定' }).click();
  await page.getByText('每个恢复码只能用一次').waitFor();
  expect(await cookie()).not.toBe(before);
  await other.getByRole('link', { name: '工作台' }).click();
  await other.getByRole('heading', { name: '工作台' }).waitFor();
  await other.close();
});

test('S6 a request that was under way with the old id is sent again, and nobody is signed out', async () => {
  let refused = 0;
  await page.route('**/api/v1/sessions', async (route) => {
    refused += 1;
    if (refused > 1) return route.continue();
    const body = JSON.stringify({ code: 'UNAUTHORIZED', title: 'x', status: 401, fields: [], trace_id: '' });
    return route.fulfill({ status: 401, contentType: 'application/problem+json', body });
  });
  await page.getByRole('link', { name: '工作台' }).click();
  await page.goto(`${system.url}/account`);
  await page.getByText('本次登录').waitFor();
  expect(refused).toBe(2);
  expect(page.url()).toBe(`${system.url}/account`);
  await page.unroute('**/api/v1/sessions');
});

test('S6 the password asks for the one in use, from the second time on', async () => {
  const fresh = () => system.db.execute('UPDATE session SET factor_at = ?', [new Date()]);
  await fresh();
  await page.goto(`${system.url}/account`);
  await page.getByLabel('新密码').fill('seven green bottles 42');
  expect(await page.getByLabel('当前密码').count()).toBe(0);
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByLabel('当前密码').fill('not the one at all');
  await page.getByLabel('新密码').fill('nine purple lanterns 17');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('当前密码不对').waitFor();
  await shot('account-password');
  await page.getByLabel('当前密码').fill('seven green bottles 42');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('已保存').last().waitFor();
  await until('the form is empty again', async () => (await page.getByLabel('当前密码').inputValue()) === '');
  expect(await barriers(page, { within: 'main', every: true })).toEqual([]);
});

test('S6 ending another session asks for a code, and then goes on', async () => {
  await system.db.transact(async () => {
    const account = await system.services.access.accounts.find(administrator.id);
    if (!account) throw new Error('the account is there');
    await system.services.access.sessions.open(account, { address: '10.9.9.9', method: 'wecom', withFactor: true });
  });
  await system.db.execute('UPDATE session SET factor_at = NULL');
  await page.goto(`${system.url}/account`);
  await page.getByText('10.9.9.9').waitFor();
  await page.getByRole('button', { name: '结束', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '请确认是你本人' });
  await dialog.getByLabel('验证码').fill(await nextCode());
  await dialog.getByRole('button', { name: '验证并继续' }).click();
  await page.getByText('10.9.9.9').waitFor({ state: 'detached' });
});

test('S6 whoever has power and an app is asked for a code after the link', async () => {
  await context.clearCookies();
  await page.goto(await linkOf(administrator.id));
  await page.getByRole('heading', { name: '再输入一个验证码' }).waitFor();
  await shot('link-code');
  expect(await barriers(page)).toEqual([]);
  await page.getByLabel('验证码').fill('000000');
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByText('验证码无效').waitFor();
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot('link-code-wrong-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.waitForTimeout(2_000);
  await page.getByLabel('验证码').fill(await nextCode());
  await page.getByRole('button', { name: '登录' }).click();
  await page.waitForURL(`${system.url}/`);
  await page.getByRole('heading', { name: '工作台' }).waitFor();
});

test('S15 S24 a number that is looked for stands in no address', async () => {
  const { token } = await system.services.access.createUser({ name: '合规甲', roles: ['compliance_officer'] });
  await context.clearCookies();
  await page.goto(system.url + signInPath(token));
  await page.waitForURL(`${system.url}/`);
  await page.goto(`${system.url}/external-contacts`);
  await page.locator('tbody tr.ant-table-row').first().waitFor();
  const box = page.getByPlaceholder(/搜索|姓名/).first();
  const answer = page.waitForResponse((one) => one.url().endsWith('/external-contacts/search'));
  await box.fill('138 0000 1234');
  expect(await (await answer).json()).toMatchObject({ items: [] });
  await page.getByText('没有符合条件的数据').waitFor();
  expect(new URL(page.url()).search).toBe('');
  await box.fill('李');
  await page.waitForURL(/\?q=/);
  expect(asked.filter((url) => /0000[^\d]*1234|external-contacts[^#]*[?&](q|mobile)=/.test(url))).toEqual([]);
});
