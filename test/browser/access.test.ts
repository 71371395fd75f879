import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateSync } from 'otplib';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
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
const contexts: BrowserContext[] = [];
const faults: string[] = [];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'scrm-browser-'));
  const config = loadConfig({ DATA_DIR: dir, PORT: '0' });
  system = await startSystem({ config, migrate: true, logger: createAppLogger({ level: 'error' }) });
  browser = await launchBrowser();
  page = await newReader();
  await page.goto(String(await signInLink(system)));
  await page.waitForURL(`${system.url}/`);
  await synced();
});

afterAll(async () => {
  for (const context of contexts) await context.close();
  await browser?.close();
  await system?.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** Screenshots are looked at by people, when they ask for them. */
const shot = (name: string): string => join(process.env.SHOTS ?? dir, `${name}.png`);

/** Somebody at a computer of their own. */
async function newReader(): Promise<Page> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
  contexts.push(context);
  const reader = await context.newPage();
  reader.on('pageerror', (error) => faults.push(error.message));
  return reader;
}

/** The first sync has read everybody, and the reporting tree follows from it. */
async function synced(): Promise<void> {
  for (let round = 0; round < 300; round += 1) {
    const { items } = await system.services.runs.list({ kind: 'sync', limit: 5 });
    const [edges] = await system.db.query<{ n: number }>('SELECT COUNT(*) AS n FROM reporting_edge', []);
    if (items.some((run) => run.state === 'succeeded') && Number(edges?.n) > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the first sync does not end');
}

interface Seller {
  userid: string;
  name: string;
  superior: string;
  superior_name: string;
}

/** Somebody with external contacts, below somebody who has others too. */
async function aSeller(): Promise<Seller> {
  const [found] = await system.db.query<Seller>(
    `SELECT s.userid, s.name, a.userid AS superior, a.name AS superior_name
     FROM reporting_edge e JOIN staff s ON s.id = e.staff_id JOIN staff a ON a.id = e.superior_id
     WHERE s.status = 'active' AND e.closes_cycle = ?
       AND EXISTS (SELECT 1 FROM relation r WHERE r.staff_id = s.id)
     ORDER BY s.userid LIMIT 1`,
    [false],
  );
  if (!found) throw new Error('nobody in the demo company has a superior');
  return found;
}

/** The first act that asks for a second factor has its owner set one up, and then goes on by itself. */
async function enrolWhenAsked(): Promise<void> {
  const dialog = page.getByRole('dialog', { name: '先绑定验证器应用' });
  await dialog.or(page.locator('.ant-modal code')).first().waitFor();
  if (await dialog.isVisible()) await enrolIn(dialog);
}

/** Sets an app up, unless the session showed one already and what comes next is there. */
async function enrolWhenAskedOn(reader: Page, next: string): Promise<void> {
  const dialog = reader.getByRole('dialog', { name: '先绑定验证器应用' });
  const other = reader.getByRole('dialog', { name: next });
  await (next === '' ? dialog : dialog.or(other)).first().waitFor();
  await reader.waitForTimeout(500);
  if (await dialog.isVisible()) await enrolIn(dialog);
}

async function enrolIn(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: '绑定验证器应用' }).click();
  const grouped = await dialog.locator('code').innerText();
  await dialog.getByLabel('验证码').fill(generateSync({ secret: grouped.replaceAll(' ', '') }));
  await dialog.getByRole('button', { name: '确认绑定' }).click();
  await dialog.getByRole('button', { name: '已保存恢复码，继续' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Fills the form "let somebody in". @returns the one-time link it shows */
async function letIn(name: string, role: string, userid: string): Promise<string> {
  await page.getByRole('button', { name: '添加账号' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('名称').fill(name);
  await form.getByLabel('企业微信成员').fill(userid);
  await page.locator('.ant-select-item-option').first().click();
  await form.getByRole('checkbox', { name: new RegExp(`^${role}(?!主管)`) }).click();
  await form.getByRole('button', { name: '创建' }).click();
  await enrolWhenAsked();
  const link = await form.locator('code').innerText();
  await form.getByRole('button', { name: '关闭' }).click();
  return link;
}

/** Signs in by a link, and reads who stands in the list of external contacts. */
async function contactsBy(link: string): Promise<{ reader: Page; total: number }> {
  const reader = await newReader();
  await reader.goto(link);
  await reader.waitForURL(`${system.url}/`);
  await reader.goto(`${system.url}/external-contacts`);
  await reader.locator('tbody tr.ant-table-row').first().waitFor();
  let total = 0;
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await reader.request.get(`${system.url}/api/v1/external-contacts?limit=100${query}`);
    const { items, next_cursor } = (await answer.json()) as { items: unknown[]; next_cursor: string | null };
    total += items.length;
    cursor = next_cursor;
  }
  return { reader, total };
}

test('PLT-01 whom the owner lets in sees their own line: a manager more than a seller', async () => {
  const seller = await aSeller();
  await page.goto(`${system.url}/access`);
  const managerLink = await letIn('主管甲', '销售主管', seller.superior);
  const sellerLink = await letIn('销售乙', '销售', seller.userid);
  await page.getByText('销售乙').waitFor();

  const own = await contactsBy(sellerLink);
  const line = await contactsBy(managerLink);
  expect(own.total).toBeGreaterThan(0);
  expect(line.total).toBeGreaterThan(own.total);

  // The rail leads a seller to no page about access, and the address says so in a sentence.
  expect(await own.reader.getByRole('link', { name: '人员与权限' }).count()).toBe(0);
  await own.reader.goto(`${system.url}/access`);
  await own.reader.getByText('你的角色看不到这里的内容').waitFor();
  // A sales manager reads the reporting lines, and nothing else of it.
  await line.reader.getByRole('link', { name: '人员与权限' }).click();
  await line.reader.getByRole('tab', { name: '汇报线' }).waitFor();
  expect(await line.reader.getByRole('tab').allInnerTexts()).toEqual(['汇报线']);
  expect(await line.reader.getByRole('button', { name: '添加汇报线' }).count()).toBe(0);
});

test('S16 the audit trail shows how both were let in, and that they came', async () => {
  await page.goto(`${system.url}/audit`);
  for (const name of ['主管甲', '销售乙']) {
    const row = page.getByRole('row', { name: new RegExp(`${name}.*登录.*成功`) });
    await row.first().waitFor();
    expect(await row.first().innerText()).toContain('127.0.0.1');
  }
  const created = page.getByRole('row', { name: /管理员.*创建账号.*成功/ });
  await created.nth(1).waitFor();
  expect(await created.count()).toBe(2);
});

test('S11 a second duty cannot be chosen, and the form says why', async () => {
  await page.goto(`${system.url}/access`);
  await page.getByRole('button', { name: '添加账号' }).click();
  const form = page.getByRole('dialog');
  // What is checked while the window still opens is lost on its way.
  await page.waitForTimeout(500);
  await form.getByRole('checkbox', { name: /^安全管理员/ }).click();
  expect(await form.getByRole('checkbox', { name: /^系统管理员/ }).isDisabled()).toBe(true);
  await form.getByText('已选「安全管理员」，不能同时担任。').first().waitFor();
  await form.getByRole('button', { name: '取消' }).click();
});

test.each(['users', 'roles', 'tokens', 'lines'])(
  'S19 /access?tab=%s has no serious barrier in either theme',
  async (tab) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(`${system.url}/access?tab=${tab}`);
      await page.getByRole('tab', { selected: true }).waitFor();
      await page.waitForTimeout(800);
      expect(await barriers(page)).toEqual([]);
    }
    expect(faults).toEqual([]);
  },
);

test('PLT-02 a role of one’s own is put together, kept apart, and can be given', async () => {
  await page.goto(`${system.url}/access?tab=roles`);
  await page.getByRole('button', { name: '新建角色' }).click();
  const form = page.getByRole('dialog', { name: '新建角色' });
  await form.getByLabel('名称').fill('外呼专员');
  await page.waitForTimeout(500);
  await form.getByRole('checkbox', { name: '查看外部联系人' }).click();
  await form.getByRole('checkbox', { name: '修改设置' }).click();
  expect(await form.getByRole('checkbox', { name: '添加、更改、停用账号' }).count()).toBe(0);
  await form.getByRole('button', { name: '保存角色' }).click();
  await enrolWhenAskedOn(page, '新建角色');
  await form.getByText('互相分离，不能兼有').waitFor();
  await page.screenshot({ path: shot('role-form') });
  await form.getByRole('checkbox', { name: '修改设置' }).click();
  await form.getByRole('button', { name: '保存角色' }).click();
  await page.getByText('第 1 版').waitFor();
  await page.screenshot({ path: shot('roles') });
  await page.getByRole('tab', { name: '账号' }).click();
  await page.getByRole('button', { name: '添加账号' }).click();
  await page
    .getByRole('dialog')
    .getByRole('checkbox', { name: /^外呼专员/ })
    .waitFor();
  await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
});

let officerPage: Page;

test('S12 what one person may not do alone is asked for, approved by somebody else, and then carried out', async () => {
  const { access } = system.services;
  const officer = await access.createUser({ name: '合规甲', roles: ['compliance_officer'] });
  const reader = await newReader();
  officerPage = reader;
  await reader.goto(`${system.url}/sign-in#token=${officer.token}`);
  await reader.waitForURL(`${system.url}/`);

  await page.goto(`${system.url}/access`);
  await page.getByRole('button', { name: '添加账号' }).click();
  const form = page.getByRole('dialog', { name: '添加账号' });
  await form.getByLabel('名称').fill('合规乙');
  await page.waitForTimeout(500);
  await form.getByRole('checkbox', { name: /^合规专员/ }).click();
  await form.getByRole('button', { name: '创建' }).click();
  await enrolWhenAskedOn(page, '需要另一人批准');
  const need = page.getByRole('dialog', { name: '需要另一人批准' });
  await need.getByLabel('理由').fill('合规部扩编，新增一位专员');
  await page.screenshot({ path: shot('approval-ask') });
  await need.getByRole('button', { name: '提交申请' }).click();
  await page.getByText('申请已提交').waitFor();
  // What was asked for is no longer waiting to be sent.
  await form.waitFor({ state: 'hidden' });

  await reader.goto(`${system.url}/approvals`);
  await reader.getByText('合规部扩编').waitFor();
  await reader.screenshot({ path: shot('approvals-waiting') });
  await reader.getByRole('button', { name: '批准' }).click();
  await enrolWhenAskedOn(reader, '');
  await reader.getByText('没有等你审批的申请').waitFor();

  await page.goto(`${system.url}/approvals?view=mine`);
  await page.getByRole('button', { name: '执行' }).click();
  const done = page.getByRole('dialog', { name: '已执行' });
  expect(await done.locator('code').innerText()).toContain('/sign-in#token=');
  await done.getByRole('button', { name: '关闭' }).click();
  // Naming the officer took the duty from the owner, who must sign in again; the record stays.
  await reader.goto(`${system.url}/approvals?view=decided`);
  await reader.getByText('已执行').waitFor();
});

test.each(['light', 'dark'] as const)('S19 /approvals has no serious barrier in %s', async (scheme) => {
  await officerPage.emulateMedia({ colorScheme: scheme });
  await officerPage.goto(`${system.url}/approvals?view=decided`);
  await officerPage.getByText('合规部扩编').waitFor();
  await officerPage.screenshot({ path: shot(`approvals-${scheme}`) });
  expect(await barriers(officerPage)).toEqual([]);
});
