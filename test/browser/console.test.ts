import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { loadConfig } from '../../config';
import { createAppLogger } from '../../src/core/logger';
import { type System, signInLink, startSystem } from '../../src/main';
import { barriers } from '../support/accessibility';
import { launchBrowser } from '../support/browser';
import { until } from '../support/system';

jest.setTimeout(120_000);

let dir: string;
let system: System;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'scrm-browser-'));
  const config = loadConfig({ DATA_DIR: dir, PORT: '0' });
  system = await startSystem({ config, migrate: true, logger: createAppLogger({ level: 'error' }) });
  browser = await launchBrowser('--disable-quic', '--disable-component-update', '--disable-sync');
  context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(system.url) && !request.url().startsWith('data:')) faults.push(request.url());
  });
});

afterAll(async () => {
  await browser?.close();
  await system?.stop();
  rmSync(dir, { recursive: true, force: true });
});

const demo = () => {
  if (!system.demo) throw new Error('the demo company is not there');
  return system.demo.sandbox.control;
};

/** In the dark theme only what the theme can change is looked at again. */
const serious = (theme: 'light' | 'dark') => barriers(page, theme === 'dark' ? { rules: ['color-contrast'] } : {});

test('S6 without a session every page leads to the sign-in page', async () => {
  await page.goto(`${system.url}/external-contacts`);
  await page.waitForURL(/\/sign-in/);
});

test('S6 the one-time link signs in once', async () => {
  const link = await signInLink(system);
  await page.goto(String(link));
  await page.waitForURL(`${system.url}/`);
  await page.getByRole('heading', { name: '工作台' }).waitFor();

  const stranger = await browser.newPage({ locale: 'zh-CN' });
  await stranger.goto(String(link));
  await stranger
    .getByText(/无效|失效|过期|用过/)
    .first()
    .waitFor();
  await stranger.close();
});

test('E6 a sync is started, watched and seen to finish', async () => {
  await page.getByRole('link', { name: '同步与对账' }).click();
  await page.getByRole('button', { name: '开始同步' }).click();
  const states = async () =>
    (await system.services.runs.list({ kind: 'sync', limit: 5 })).items.map(({ state }) => state);
  const areOver = (all: string[]) => all.length === 2 && all.every((state) => !/queued|running/.test(state));
  await until('both syncs are over', async () => areOver(await states()));
  expect(await states()).toEqual(['succeeded', 'succeeded']);
  await page.getByText('已完成').nth(1).waitFor();
});

async function views(externalUserid: string): Promise<number> {
  const sql = "SELECT COUNT(*) AS n FROM audit_event WHERE action = 'external_contact.viewed' AND target = ?";
  const [row] = await system.db.query<{ n: unknown }>(sql, [`external_contact:${externalUserid}`]);
  return Number(row?.n);
}

test('I1 an event arrives live, and its contact is opened', async () => {
  await page.getByRole('link', { name: '工作台' }).click();
  await page.getByText('实时动态').waitFor();
  const { external_userid } = demo().addRelation({});
  const name = String(system.demo?.sandbox.world.contacts.get(external_userid)?.name);
  await page.getByRole('link', { name: new RegExp(`添加了外部联系人.*${name}`) }).waitFor({ timeout: 20_000 });
  // The name is looked up without opening the person (S16).
  expect(await views(external_userid)).toBe(0);

  await page.getByRole('link', { name: '外部联系人', exact: true }).first().click();
  // By address: people share names.
  await page.locator(`a[href="/external-contacts/${external_userid}"]`).first().click();
  await page.waitForURL(`${system.url}/external-contacts/${external_userid}`);
  await page.getByRole('heading', { name }).first().waitFor();
  expect(await views(external_userid)).toBe(1);
});

const pages = [
  ...['/', '/external-contacts', '/group-chats', '/corp-tags', '/staff', '/sync', '/inbox', '/settings'],
  ...['/audit', '/account', '/sign-in'],
];

test.each(pages)('S19 %s shows itself in both themes, asks no stranger, and has no serious barrier', async (path) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${system.url}${path}`);
    await page.locator('h1, h2, [role=heading]').first().waitFor();
    await page.waitForTimeout(800);
    expect(await serious(colorScheme)).toEqual([]);
  }
  expect(faults).toEqual([]);
});

test('S24 who signs out while the server is away leaves nothing on the screen, and is told', async () => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(`${system.url}/staff`);
  const { name } = [...(system.demo?.sandbox.world.staff.values() ?? [])][0] ?? {};
  await page.getByText(String(name)).first().waitFor();
  const leave = async () => {
    await page.getByRole('button', { name: '我的账号' }).click();
    await page.getByRole('menuitem', { name: '退出登录' }).click();
    await page.waitForURL(/\/sign-in/);
  };
  await page.route('**/api/v1/session', (route) => route.abort());
  await leave();
  await page.getByText('没有退出成功').waitFor();
  expect(await page.content()).not.toContain(String(name));

  await page.unroute('**/api/v1/session');
  await page.goto(system.url);
  // The first page is another one: a menu that was opened before it would close again.
  await page.getByRole('heading', { level: 1 }).waitFor();
  await leave();
  expect(new URL(page.url()).search).toBe('');
  expect(await page.getByText('没有退出成功').count()).toBe(0);
});
