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

async function signedIn(locale = 'zh-CN', colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const { token } = await system.services.access.createUser({ name: `王经理 ${locale}`, roles: ['sales_manager'] });
  const viewport = { width: 1440, height: 900 };
  const context = await browser.newContext({ locale, viewport, colorScheme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(8_000);
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(system.url + signInPath(token));
  await page.waitForURL(`${system.url}/`);
  return page;
}

const row = (page: Page, text: string) => page.locator('tbody tr.ant-table-row').filter({ hasText: text });

test('CUS-01 PRI-01 a manager enters a customer, finds it, changes it and sees who did', async () => {
  const page = await signedIn();
  await page.goto(`${system.url}/customers`);
  await page.getByRole('button', { name: '新建客户' }).first().click();
  await shoot(page, 'party-customer-form');
  const form = page.getByRole('dialog');
  await form.getByLabel('客户名称').fill('杭州湖畔精密有限公司');
  await form.getByLabel('电话').fill('0571-88886666');
  expect(await barriers(page)).toEqual([]);
  await form.getByRole('button', { name: '创建' }).click();
  await page.getByRole('heading', { name: '杭州湖畔精密有限公司' }).waitFor();
  await shoot(page, 'party-customer');
  expect(await barriers(page)).toEqual([]);
  await page.goto(`${system.url}/customers`);
  await row(page, '杭州湖畔').waitFor();
  await shoot(page, 'party-customers');
  expect(await barriers(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test('LEA-02 LEA-04 a lead is talked to, its checklist completed, qualified and converted', async () => {
  const page = await signedIn('zh-CN', 'dark');
  const { token } = await system.services.access.issueToken({ name: 'seed', roles: ['sales_manager'] });
  const [staff] = await system.db.query<{ userid: string }>("SELECT userid FROM staff WHERE status = 'active' LIMIT 1");
  const lead = {
    name: '湖州一家 · 沈先生',
    company: '湖州安吉竹业有限公司',
    contact_name: '沈先生',
    phones: ['13857200001'],
  };
  const made = await fetch(`${system.url}/api/v1/leads`, {
    ...{ method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } },
    body: JSON.stringify({ ...lead, owner_userid: staff?.userid }),
  });
  expect(made.status).toBe(201);
  await page.goto(`${system.url}/leads`);
  await row(page, '湖州一家').waitFor();
  await shoot(page, 'party-leads-dark');
  expect(await barriers(page)).toEqual([]);
  await page.goto(`${system.url}/leads/${((await made.json()) as { id: string }).id}`);
  await page.getByRole('heading', { name: '湖州一家 · 沈先生' }).waitFor();
  await shoot(page, 'party-lead-dark');
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: '记录跟进' }).click();
  await page.getByRole('textbox', { name: '内容' }).fill('谈了竹地板，要样品');
  await shoot(page, 'party-lead-log');
  await page.getByRole('dialog').getByRole('button', { name: '记录跟进' }).click();
  await page.getByText('谈了竹地板，要样品').waitFor();
  for (const box of await page.getByRole('checkbox').all()) {
    await box.check();
    await page.locator('input[type=checkbox]:enabled').nth(3).waitFor();
  }
  await page.getByRole('button', { name: '确认合格' }).click();
  await page.getByRole('button', { name: '转为客户' }).click();
  await shoot(page, 'party-lead-convert');
  await page.getByRole('dialog').getByRole('button', { name: '转为客户' }).click();
  await page.getByRole('link', { name: '湖州安吉竹业有限公司' }).first().click();
  await page.getByRole('heading', { name: '湖州安吉竹业有限公司' }).waitFor();
  await page.getByText('沈先生').first().waitFor();
  await shoot(page, 'party-converted');
  expect(await barriers(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test('CON-01 the same in English', async () => {
  const page = await signedIn('en-US');
  await page.goto(`${system.url}/contacts`);
  await row(page, '沈先生').first().click();
  await shoot(page, 'party-contacts-en');
  expect(await barriers(page)).toEqual([]);
  expect(faults).toEqual([]);
});
