import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import { loadConfig } from '../../config';
import { createAppLogger } from '../../src/core/logger';
import { type System, startSystem } from '../../src/main';
import { barriers } from '../support/accessibility';
import { launchBrowser, shoot } from '../support/browser';
import { until } from '../support/system';

jest.setTimeout(120_000);

let dir: string;
let system: System;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const faults: string[] = [];

/** A member, one of their customers, and a group they are in. */
let at: { userid: string; external_userid: string; chat_id: string };

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'scrm-browser-'));
  const config = loadConfig({ DATA_DIR: dir, PORT: '0' });
  system = await startSystem({ config, migrate: true, logger: createAppLogger({ level: 'error' }) });
  browser = await launchBrowser();
  at = await somebody();
  await openContext();
});

afterAll(async () => {
  await browser?.close();
  await system?.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function openContext(): Promise<void> {
  await context?.close();
  context = await browser.newContext({ locale: 'zh-CN', reducedMotion: 'reduce' });
  page = await context.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
}

async function somebody(): Promise<typeof at> {
  const sql = `SELECT s.userid, r.external_userid, m.chat_id FROM group_chat_member m
    JOIN group_chat g ON g.chat_id = m.chat_id AND g.state = 'active'
    JOIN staff s ON s.userid = m.userid AND s.departed_at IS NULL
    JOIN relation r ON r.staff_id = s.id AND r.state = 'active'
    JOIN relation_tag t ON t.relation_id = r.id ORDER BY r.id LIMIT 1`;
  const rows = () => system.db.query<typeof at>(sql);
  await until('customers and groups are read', async () => (await rows()).length > 0);
  const [row] = await rows();
  if (!row) throw new Error('nobody is there');
  return row;
}

const sandbox = () => {
  const { demo } = system;
  if (!demo) throw new Error('no demo');
  return demo.sandbox;
};

/** Opens the sidebar in the pretend client; the window is as wide as the sidebar alone where `width` says so. */
async function open(
  entry: string,
  more: { fault?: string; width?: number; height?: number } = {},
): Promise<FrameLocator> {
  const { fault = '', width = 375, height = 700 } = more;
  await page.setViewportSize({ width: width + 700, height });
  const query = new URLSearchParams({ ...at, entry, fault });
  await page.goto(`${sandbox().clientUrl}/chat?${query}`);
  await page.addStyleTag({ content: `.client { grid-template-columns: minmax(0, 1fr) ${width}px }` });
  return page.frameLocator('iframe');
}

/** What is in the frame, as wide as a sidebar, in both colours; what axe finds in each. */
async function looksRight(name: string): Promise<void> {
  const folder = process.env.SHOTS;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForTimeout(200);
    expect([colorScheme, await barriers(page)]).toEqual([colorScheme, []]);
    if (folder) await page.locator('iframe').screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Nothing of the page is wider than the frame. */
async function fits(): Promise<void> {
  const frame = page.frames().find(({ parentFrame }) => parentFrame !== null && page.mainFrame() !== undefined);
  const wide = await page
    .frames()[1]
    ?.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
  expect([frame !== undefined, wide]).toEqual([true, false]);
}

test('WCM-10 all of the sidebar, in both languages, is at most 220 KB gzip', () => {
  const folder = 'web/dist/sidebar/assets';
  const sizes = readdirSync(folder).map((file) => gzipSync(readFileSync(join(folder, file))).length);
  expect(sizes.length).toBeGreaterThan(2);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(220 * 1024);
});

test('WCM-10 a member opens the sidebar beside a chat: signed in without a word, the customer is there', async () => {
  await page.setViewportSize({ width: 1100, height: 760 });
  await page.goto(sandbox().clientUrl);
  await page.getByRole('heading', { name: '企业微信客户端（沙箱）' }).waitFor();
  await page.goto(`${sandbox().clientUrl}?userid=${at.userid}`);
  await page.getByRole('link', { name: '打开侧边栏' }).first().click();
  const frame = page.frameLocator('iframe');
  await frame.getByRole('heading', { name: '跟进人' }).waitFor();
  await shoot(page, 'client');
  const [session] = await system.db.query<{ name: string }>(
    'SELECT a.name FROM account a JOIN staff s ON s.id = a.staff_id WHERE s.userid = ?',
    [at.userid],
  );
  expect(session).toBeDefined();
});

test.each([
  ['single_chat_tools', 375, 700],
  ['single_chat_tools', 320, 600],
  ['contact_profile', 375, 700],
])('WCM-10 the customer card opened from %s, %i wide', async (entry, width, height) => {
  const frame = await open(entry, { width, height });
  await frame.getByRole('heading', { name: '跟进人' }).waitFor();
  await frame.getByRole('heading', { name: '标签' }).waitFor();
  await fits();
  await looksRight(`customer-${entry}-${width}`);
});

test('WCM-10 the timeline by day, and it survives a reload', async () => {
  const frame = await open('single_chat_tools');
  await frame.getByRole('link', { name: '动态' }).click();
  await frame.getByText('建立了跟进关系').first().waitFor();
  await fits();
  await looksRight('timeline');
  await page.frames()[1]?.evaluate('location.reload()');
  await frame.getByText('建立了跟进关系').first().waitFor();
});

test.each([375, 320])('WCM-10 a group chat with its members, %i wide', async (width) => {
  const frame = await open('group_chat_tools', { width });
  await frame.getByRole('heading', { name: '成员' }).waitFor();
  await fits();
  await looksRight(`group-${width}`);
});

test.each([
  ['chat_attachment', ''],
  ['normal', ''],
])('WCM-10 opened from %s there is nobody, and it says so', async (entry, fault) => {
  const frame = await open(entry, { fault });
  await frame.getByRole('heading', { name: '这里没有正在聊天的客户' }).waitFor();
  await looksRight(`nobody-${entry}`);
});

test.each([
  ['domain', '域名不受企业微信信任', 'config.wrong_domain'],
  ['ticket', '企业微信不接受签名', 'config.bad_signature'],
  ['permission', '应用没有客户联系权限', 'subject.no_permission'],
  ['relation', '这位客户不由您跟进', 'person.out_of_scope'],
])('WCM-10 %s: what happened, why, and what to do, with a diagnosis', async (fault, title, code) => {
  const frame = await open('single_chat_tools', { fault });
  await frame.getByRole('heading', { name: title }).waitFor();
  await frame.getByText(code).waitFor();
  await fits();
  await looksRight(`failed-${fault}`);
  await frame.getByRole('link', { name: '诊断' }).click();
  await frame.getByText('从打开侧边栏到显示客户的每一步。').waitFor();
  await frame.getByText('失败').first().waitFor();
  await fits();
  await looksRight(`diagnosis-${fault}`);
});

test('WCM-10 what failed was told to the administrators', async () => {
  const rows = await system.db.query<{ id: string }>('SELECT id FROM sidebar_failure ORDER BY id');
  expect(rows.map(({ id }) => id)).toEqual(['config.bad_signature', 'config.wrong_domain', 'subject.no_permission']);
});

test('WCM-10 the server cannot be reached', async () => {
  await page.route('**/api/v1/sidebar/signatures*', (route) => route.abort());
  const frame = await open('single_chat_tools');
  await frame.getByRole('heading', { name: '连不上服务器' }).waitFor();
  await page.unroute('**/api/v1/sidebar/signatures*');
  await frame.getByRole('button', { name: '重试' }).click();
  await frame.getByRole('heading', { name: '跟进人' }).waitFor();
});

test('WCM-10 the parts of WeCom do not load', async () => {
  await page.route('**/wx.js', (route) => route.abort());
  const frame = await open('single_chat_tools');
  await frame.getByRole('heading', { name: '没有加载到企业微信组件' }).waitFor();
  await page.unroute('**/wx.js');
});

test('WCM-10 outside of WeCom the page says where it works', async () => {
  await page.setViewportSize({ width: 375, height: 700 });
  await page.goto(`${system.url}/sidebar/`);
  await page.getByRole('heading', { name: '请在企业微信中打开' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await shoot(page, 'outside');
});

test('WCM-10 in English', async () => {
  await context.close();
  context = await browser.newContext({ locale: 'en-US', reducedMotion: 'reduce' });
  page = await context.newPage();
  const frame = await open('single_chat_tools', { width: 320, height: 600 });
  await frame.getByRole('heading', { name: 'Followed by' }).waitFor();
  await fits();
  await looksRight('customer-en-320');
});

test('S8 a member whose account is switched off learns that they were not let in, and no more', async () => {
  await openContext();
  const sql = 'UPDATE account SET disabled_at = ? WHERE staff_id = (SELECT id FROM staff WHERE userid = ?)';
  await system.db.execute(sql, [system.db.now(), at.userid]);
  const frame = await open('single_chat_tools');
  await frame.getByRole('heading', { name: '没有登录成功' }).waitFor();
  await looksRight('refused');
  expect(faults).toEqual([]);
});
