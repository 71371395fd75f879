import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { loadConfig } from '../../config';
import { createAppLogger } from '../../src/core/logger';
import { type System, startSystem } from '../../src/main';
import { barriers } from '../support/accessibility';
import { launchBrowser } from '../support/browser';
import { signedIn } from '../support/people';

jest.setTimeout(120_000);

let dir: string;
let system: System;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let externalUserid: string;
let officer: string;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'scrm-browser-'));
  const config = loadConfig({ DATA_DIR: dir, PORT: '0' });
  system = await startSystem({ config, migrate: true, logger: createAppLogger({ level: 'error' }) });
  browser = await launchBrowser();
  externalUserid = await somebodyWithANumber();
  context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  const { token } = await system.services.access.createUser({ name: '合规', roles: ['compliance_officer'] });
  ({ id: officer } = await system.services.access.createUser({ name: '另一位', roles: ['compliance_officer'] }));
  await page.goto(`${system.url}/sign-in#token=${token}`);
  await page.waitForURL(`${system.url}/`);
});

afterAll(async () => {
  await context?.close();
  await browser?.close();
  await system?.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function somebodyWithANumber(): Promise<string> {
  for (let round = 0; round < 300; round += 1) {
    const sql = 'SELECT r.external_userid AS id FROM relation r JOIN relation_phone p ON p.relation_id = r.id LIMIT 1';
    const [found] = await system.db.query<{ id: string }>(sql);
    if (found) return found.id;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('nobody has a number');
}

test('PLT-02 a covered number is shown for a reason, and disappears again after half a minute', async () => {
  await page.clock.install();
  await page.goto(`${system.url}/external-contacts/${externalUserid}`);
  const covered = page.getByText(/^\s*1\d\d\*{4}\d{4}$/).first();
  await covered.waitFor();
  await page.getByRole('button', { name: '查看', exact: true }).last().click();
  const reason = page.getByLabel('查看理由');
  await reason.fill('客户');
  await reason.press('Enter');
  await page.getByText('请写明理由，至少 4 个字。').waitFor();
  await reason.fill('客户要求回电确认');
  await reason.press('Enter');
  const enrol = page.getByRole('dialog', { name: '先绑定验证器应用' });
  await enrol.waitFor();
  await page.keyboard.press('Escape');
  await enrol.waitFor({ state: 'hidden' });
  await system.db.execute('UPDATE session SET factor_at = ?', [new Date()]);
  await reason.press('Enter');
  await page.getByText('30 秒后自动隐藏').waitFor();
  await page
    .getByText(/^1\d{10}$/)
    .first()
    .waitFor();
  await page.clock.fastForward(31_000);
  await page.getByText('30 秒后自动隐藏').waitFor({ state: 'detached' });
  await covered.waitFor();
});

test('S23 who saw a person stands on the page, and everything about them is saved as one file', async () => {
  await page.reload();
  await page.getByText('查看被遮盖的内容').waitFor();
  await page.getByText('客户要求回电确认').waitFor();
  await page.getByRole('button', { name: '导出个人信息' }).click();
  await page.getByLabel('导出理由').fill('本人书面申请查阅');
  expect(await barriers(page, { within: 'main', every: true })).toEqual([]);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出个人信息' }).last().click();
  const file = await (await saved).path();
  expect(JSON.parse(readFileSync(file, 'utf8')).about.external_userid).toBe(externalUserid);
  await page.getByText('本人书面申请查阅').waitFor();
});

test('S23 a person is erased once somebody else has approved, and stands in page and list without values', async () => {
  await page.goto(`${system.url}/external-contacts/${externalUserid}`);
  await system.db.execute('UPDATE session SET factor_at = ?', [new Date()]);
  const ofPerson = 'SELECT name FROM external_contact WHERE external_userid = ?';
  const [{ name } = { name: '' }] = await system.db.query<{ name: string }>(ofPerson, [externalUserid]);
  await page.getByText(name).first().waitFor();
  await page.getByRole('button', { name: '删除个人信息' }).click();
  await page.getByLabel('删除理由').fill('本人书面申请删除');
  await page.getByText('删除后无法恢复').waitFor();
  expect(await barriers(page, { within: 'main', every: true })).toEqual([]);
  await page.getByRole('button', { name: '提交删除申请' }).click();
  await page.getByText('申请已提交，等待另一人审批。').waitFor();
  await approve();
  await page.goto(`${system.url}/approvals?view=mine`);
  await page.getByText('删除某人的个人信息').first().waitFor();
  await page.getByRole('button', { name: '执行', exact: true }).click();
  await page.getByText('已执行').first().waitFor();
  await page.goto(`${system.url}/external-contacts/${externalUserid}`);
  await page.getByText('此后只保留外部联系人 ID 和关系状态').waitFor();
  expect(await page.locator('main').innerText()).not.toContain(name);
  expect(await page.getByRole('button', { name: '删除个人信息' }).count()).toBe(0);
});

/** As another officer, whose account was there before the request. */
async function approve(): Promise<void> {
  const { access, approvals } = system.services;
  const { viewer } = await signedIn({ access, db: system.db }, officer);
  const [request] = (await approvals.list({ view: 'waiting', limit: 1 }, viewer)).items;
  await approvals.decide(request?.id ?? '', { decision: 'approve' }, { viewer, address: '127.0.0.1' });
}
