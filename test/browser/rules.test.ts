import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { loadConfig } from '../../config';
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
/** Two whose conversation is archived. */
let pair: { userid: string; external_userid: string };

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'scrm-browser-'));
  const config = loadConfig({ DATA_DIR: dir, PORT: '0' });
  system = await startSystem({ config, migrate: true, logger: createAppLogger({ level: 'error' }) });
  await aPair();
  const { token } = await system.services.access.createUser({ name: '王合规', roles: ['compliance_officer'] });
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

async function aPair(): Promise<void> {
  const find = () =>
    system.db.query<typeof pair>(
      `SELECT s.userid, r.external_userid FROM relation r JOIN staff s ON s.id = r.staff_id
       WHERE r.state = 'active' AND s.departed_at IS NULL ORDER BY r.id LIMIT 1`,
    );
  await until('the company is read', async () => (await find()).length > 0);
  const [row] = await find();
  if (!row) throw new Error('nobody has a customer');
  pair = { userid: row.userid, external_userid: row.external_userid };
  control().setSeat({ userid: pair.userid, seat: true });
  control().consent({ ...pair, agreed: true });
  await says('请走蓝鲸通道');
}

/** Waits until it stands in the archive. */
async function says(text: string): Promise<void> {
  const { msgid } = control().say({ ...pair, text });
  await until('it is archived', async () => {
    return (await system.db.query('SELECT id FROM archive_message WHERE msgid = ?', [msgid])).length > 0;
  });
}

const open = (path: string) => page.goto(system.url + path);
const button = (name: string | RegExp) => page.getByRole('button', { name });

/** In both colours and in a narrow window. */
async function holds(name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  await shoot(page, name);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await barriers(page)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 375, height: 700 });
  const wider = () => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(await wider()).toBeLessThanOrEqual(0);
  await shoot(page, `${name}-narrow`);
  await page.setViewportSize({ width: 1440, height: 900 });
  expect(faults).toEqual([]);
}

test('WCM-03 a rule is written without a line of code, tried, switched on, and finds what is said from then on', async () => {
  await open('/risk/rules');
  await page.getByText('收款码加催付').first().waitFor();
  await holds('rules');
  await button('新建规则').click();
  await page.getByLabel('名称').fill('蓝鲸通道');
  await button('添加一种').click();
  await page.getByRole('menuitem', { name: /文字规律/ }).click();
  await page.getByLabel('正则表达式').fill('蓝鲸(');
  await button('保存为草稿').click();
  await page.getByText(/^不能用这个表达式：/).waitFor();
  await page.getByLabel('正则表达式').fill('蓝鲸通道|海豚通道');
  await page.getByText('员工在单聊或群聊中出现符合「蓝鲸通道|海豚通道」的文字 → 中').waitFor();
  await button('保存为草稿').click();
  await page.waitForURL(/\/risk\/rules\/(?!new)/);

  await button('启用第 1 版').click();
  await page.getByText(/这一版还没有试运行过/).waitFor();
  await button('试运行第 1 版').click();
  await page.getByText('会命中', { exact: true }).waitFor();
  expect(await page.getByRole('link', { name: /^第 \d+ 例$/ }).count()).toBeGreaterThan(0);
  await holds('rule');
  expect(await found()).toBe(0);

  await button('启用第 1 版').click();
  await page.getByText('正在按第 1 版判断每一条新消息。').waitFor();
  await says('改走海豚通道吧');
  await until('it is found', async () => (await found()) === 1);

  await button('开始回查').click();
  await page.getByText(/^检查了 .+ 条消息，新增 1 件风险事件$/).waitFor();
  expect(await found()).toBe(2);
});

/** Findings of the rule that was written. */
async function found(): Promise<number> {
  const id = decodeURIComponent(page.url().split('/').at(-1) ?? '');
  const rows = await system.db.query<{ features: string }>(
    "SELECT features FROM finding WHERE detector = 'CONTENT_RULE'",
  );
  return rows.filter(({ features }) => JSON.stringify(features).includes(id)).length;
}

test('WCM-03 who saves over a newer version is told, keeps what was typed, and reads the newer one when asked', async () => {
  await open('/risk/rules/starter-leak');
  await page.getByLabel('名称').fill('我改的');
  await changedElsewhere('信息泄露（新）');
  await button('保存为新版本').click();
  await page.getByText(/别人刚改过这条规则/).waitFor();
  expect(await page.getByLabel('名称').inputValue()).toBe('我改的');
  await button('读取最新版本').click();
  await page
    .getByRole('tooltip')
    .getByRole('button', { name: /确\s*定/ })
    .click();
  await page.getByLabel('名称').waitFor();
  await until(
    'the newer version is read',
    async () => (await page.getByLabel('名称').inputValue()) === '信息泄露（新）',
  );
  await page.getByText('正在按第 1 版判断每一条新消息。').waitFor();
  await page.getByText('第 2 版还没有启用').waitFor();
});

/** Somebody else saves the rule with another name. */
async function changedElsewhere(name: string): Promise<void> {
  const { token } = await system.services.access.issueToken({ name: '别人', roles: ['compliance_officer'] });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const address = `${system.url}/api/v1/rules/starter-leak`;
  const rule = (await (await fetch(address, { headers })).json()) as Record<string, unknown>;
  const { family, category, severity, definition, version } = rule;
  const body = JSON.stringify({ name, family, category, severity, definition, version });
  const { status } = await fetch(address, { method: 'PUT', headers, body });
  expect(status).toBe(200);
}

test('VIO-1.5 a word list is pushed, an edit at WeCom is shown, and it goes again', async () => {
  await open('/risk/interception');
  await page.getByText('还没有推送过词表').waitFor();
  await button('推送一个词表').click();
  await page.getByRole('dialog').getByLabel('词表').click();
  await page.locator('.ant-select-item-option').first().click();
  await page.getByRole('dialog').getByLabel('适用员工').click();
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').first().click();
  await page.keyboard.press('Escape');
  await button('保存并推送').click();
  await page.getByText('已推送', { exact: true }).waitFor();
  await page.getByText('与推送的一致').waitFor();
  const [rule] = system.demo?.sandbox.world.interceptRules.values() ?? [];
  control().editInterceptRule({ rule_id: rule?.rule_id ?? '', word_list: ['别人加的'] });
  await page.reload();
  await page.getByText('在企业微信被改动', { exact: true }).waitFor();
  await page.getByText(/多了 别人加的/).waitFor();
  await holds('interception');
  await button(/^删\s*除$/).click();
  await page
    .getByRole('tooltip')
    .getByRole('button', { name: /删\s*除/ })
    .click();
  await page.getByText('还没有推送过词表').waitFor();
});
