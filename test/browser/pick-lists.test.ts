import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { loadConfig } from '../../config';
import { createAppLogger } from '../../src/core/logger';
import { signInPath } from '../../src/features/kernel/access';
import type { Role } from '../../src/http/roles';
import { type System, startSystem } from '../../src/main';
import { aTableOf } from '../features/kernel/configuring';
import { barriers } from '../support/accessibility';
import { launchBrowser, shoot } from '../support/browser';

jest.setTimeout(120_000);

let dir: string;
let system: System;
let browser: Browser;
const faults: string[] = [];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'scrm-browser-'));
  const config = loadConfig({ DATA_DIR: dir, PORT: '0' });
  system = await startSystem({ config, migrate: true, logger: createAppLogger({ level: 'error' }) });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await system?.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function signedIn(role: Role, locale = 'zh-CN'): Promise<Page> {
  const { token } = await system.services.access.createUser({ name: `测试 ${role} ${locale}`, roles: [role] });
  const viewport = { width: 1440, height: 900 };
  const context = await browser.newContext({ locale, viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(8_000);
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(system.url + signInPath(token));
  await page.waitForURL(`${system.url}/`);
  return page;
}

const row = (page: Page, text: string) => page.locator('tbody tr.ant-table-row').filter({ hasText: text });
const names = (page: Page) => page.locator('tbody tr.ant-table-row td:first-child').allInnerTexts();

test('PLT-08 an administrator words, orders and closes the items of a pick list', async () => {
  const page = await signedIn('system_admin');
  await page.goto(`${system.url}/settings/lists`);
  await page.getByPlaceholder('查找字典').fill('线索来源');
  await page.getByRole('button', { name: '线索来源' }).click();
  await row(page, '官网表单').waitFor();
  await page.getByPlaceholder('查找字典').fill('');
  await shoot(page, 'lists-dictionary');
  expect(await barriers(page)).toEqual([]);

  await page.getByRole('button', { name: '上移 官网表单' }).click();
  await row(page, '官网表单').waitFor();
  await page.getByRole('button', { name: '新增条目' }).click();
  await page.getByLabel('名称', { exact: true }).fill('短视频');
  await page.getByLabel('代码').fill('short_video');
  await shoot(page, 'lists-item-form');
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: '新增条目' }).click();
  await row(page, '短视频').waitFor();

  await page.getByRole('button', { name: '更改 其他' }).click();
  await page.getByRole('switch', { name: '启用' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await page.getByText('它是默认条目').first().waitFor();
  await shoot(page, 'lists-new-default');
  await page.getByRole('combobox', { name: '改由哪一项作默认' }).fill('来电');
  await page.locator('.ant-select-item-option').filter({ hasText: '来电' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await row(page, '来电').getByText('默认').waitFor();
  const first = ['企业微信「联系我」', '企业微信添加', '官网表单', '客户群'];
  expect((await names(page)).slice(0, first.length)).toEqual(first);
  expect(faults).toEqual([]);
});

test('PLT-06 an item in use goes only with another in its place', async () => {
  const records = aTableOf('lost_reason', ['budget', 'budget']);
  system.services.dictionaries.usedBy(records);
  const page = await signedIn('system_admin');
  await page.goto(`${system.url}/settings/lists?dictionary=lost_reason`);
  await page.getByRole('button', { name: '删除 预算取消' }).click();
  await page.getByRole('button', { name: '删除', exact: true }).click();
  await page.getByText('有 2 条记录正在使用').waitFor();
  await shoot(page, 'lists-in-use');
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: '接替并删除' }).click();
  await row(page, '预算取消').waitFor({ state: 'detached' });
  expect(records.held).toEqual(['competitor', 'competitor']);
  expect(faults).toEqual([]);
});

test('CUS-10 the thresholds of the grades change together', async () => {
  const page = await signedIn('system_admin');
  await page.goto(`${system.url}/settings/lists?dictionary=activity_grade`);
  await page.getByRole('button', { name: '调整分档' }).click();
  await page.getByLabel('「活跃」从几分起').fill('30');
  await shoot(page, 'lists-grades');
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await row(page, '活跃').getByText('30 分及以上').waitFor();
  await row(page, '一般').getByText('8–29 分').waitFor();
  await page.goto(`${system.url}/settings/lists?dictionary=industry`);
  await row(page, '种植业').first().waitFor();
  await shoot(page, 'lists-industry');
  expect(faults).toEqual([]);
});

test('CUS-12 a tree of categories grows in the browser, four levels and no further', async () => {
  const page = await signedIn('system_admin');
  await page.goto(`${system.url}/settings/lists?tab=categories`);
  await row(page, '未分类').waitFor();
  let above: string | undefined;
  for (const name of ['战略客户', '华东', '制造业客户', '苏州']) {
    await page.getByRole('button', { name: above ? `在 ${above} 下新建` : '新建分类' }).click();
    await page.getByLabel('名称', { exact: true }).fill(name);
    if (!above) await shoot(page, 'lists-category-form');
    await page.getByRole('dialog').getByRole('button', { name: '新建分类' }).click();
    await row(page, name).waitFor();
    above = name;
  }
  expect(await page.getByRole('button', { name: '在 苏州 下新建' }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: '上移 战略客户' }).click();
  await page.getByRole('button', { name: '下移 战略客户', disabled: false }).waitFor();
  expect(await names(page)).toEqual(['战略客户', '华东', '制造业客户', '苏州', expect.stringContaining('未分类')]);
  await shoot(page, 'lists-categories');
  expect(await barriers(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test('EXT-16 a number series is changed with its next numbers in sight, and a clash is told', async () => {
  const { db, services } = system;
  await db.transact(() => services.numberSeries.next('quote'));
  const page = await signedIn('system_admin');
  await page.goto(`${system.url}/settings/lists?tab=numbers`);
  await row(page, '报价').waitFor();
  await shoot(page, 'lists-numbers');
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: '更改 客户' }).click();
  await page.getByLabel('固定文字').fill('C-');
  await page.getByText('C-000003').waitFor();
  await shoot(page, 'lists-series-form');
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await row(page, '客户').getByText('C-000001').waitFor();
  await page.getByRole('button', { name: '更改 报价' }).click();
  await page.getByRole('button', { name: '去掉第 3 段' }).click();
  await page.getByRole('combobox', { name: '重新计数' }).click();
  await page.locator('.ant-select-item-option').filter({ hasText: '每年' }).click();
  await page.getByLabel('序号位数').fill('6');
  await page.getByText('可能与已用过的编号重复').waitFor();
  await shoot(page, 'lists-clash');
  expect(faults).toEqual([]);
});

test('PLT-08 in English, and in a narrow window', async () => {
  const page = await signedIn('system_admin', 'en-US');
  await page.goto(`${system.url}/settings/lists?dictionary=attitude`);
  await row(page, 'Refusing').waitFor();
  await page.getByRole('button', { name: 'Add an item' }).waitFor();
  await shoot(page, 'lists-english');
  await page.setViewportSize({ width: 700, height: 900 });
  await shoot(page, 'lists-narrow');
  expect(await barriers(page)).toEqual([]);
  expect(faults).toEqual([]);
});
