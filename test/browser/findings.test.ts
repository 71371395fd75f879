import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { loadConfig } from '../../config';
import { createAppLogger } from '../../src/core/logger';
import { type System, signInLink, startSystem } from '../../src/main';
import { barriers } from '../support/accessibility';
import { launchBrowser, shoot } from '../support/browser';
import { until } from '../support/system';

jest.setTimeout(120_000);

let dir: string;
let system: System;
let browser: Browser;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'scrm-browser-'));
  const config = loadConfig({ DATA_DIR: dir, PORT: '0' });
  system = await startSystem({ config, migrate: true, logger: createAppLogger({ level: 'error' }) });
  browser = await launchBrowser();
  const viewport = { width: 1440, height: 900 };
  const context = await browser.newContext({ locale: 'zh-CN', viewport, reducedMotion: 'reduce' });
  page = await context.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(String(await signInLink(system)));
  await page.waitForURL(`${system.url}/`);
});

afterAll(async () => {
  await browser?.close();
  await system?.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** A member of staff deletes a customer, as an event tells it. @returns the finding's id */
async function deletedByStaff(): Promise<string> {
  const { db, services } = system;
  const sql = "SELECT staff_id, external_userid FROM relation WHERE state = 'active' ORDER BY id LIMIT 1";
  const active = () => db.query<{ staff_id: string; external_userid: string }>(sql);
  await until('the first customers are read', async () => (await active()).length > 0);
  const [row] = await active();
  const { store, presence } = services.externalContacts;
  const relation = await store.pair(row?.staff_id ?? '', row?.external_userid ?? '');
  if (!relation) throw new Error('nobody to delete');
  const at = new Date();
  const fact = { kind: 'staff_deleted' as const, occurred_at: at };
  await db.transact(() => presence.record(relation, [fact], { source: 'event', ref: 'browser', at }));
  const [found] = await db.query<{ id: unknown }>(
    "SELECT id FROM finding WHERE detector = 'CUSTOMER_DELETED_BY_STAFF' AND external_userid = ? ORDER BY id DESC",
    [relation.external_userid],
  );
  return String(found?.id);
}

test('WCM-06 an alert arrives, the manager opens the finding, reads what it rests on, and confirms', async () => {
  const id = await deletedByStaff();
  await page.reload();
  await page.getByRole('button', { name: /条未读通知$/ }).click();
  await page.getByRole('cell', { name: '发现风险' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: '去查看' }).first().click();
  await page.waitForURL(/\/findings/);
  await page.getByRole('cell', { name: '删除了客户' }).first().waitFor();
  expect(await barriers(page)).toEqual([]);
  await shoot(page, 'findings');
  await page.goto(`${system.url}/findings/${id}`);
  await page.getByText('企业微信明确告知了这件事').waitFor();
  await page.getByText('跟进关系的历史').waitFor();
  expect(await barriers(page)).toEqual([]);
  await shoot(page, 'finding');
  await page.getByRole('radio', { name: /^确认/ }).check();
  await page.getByRole('button', { name: /提\s*交/ }).click();
  await page.getByText('请写明核实到什么').waitFor();
  await page.getByLabel('说明').fill('已与客户核实：成员删除了好友。');
  await page.getByRole('button', { name: /提\s*交/ }).click();
  await page.getByText('已提交：已确认').waitFor();
  await page.getByText('已与客户核实：成员删除了好友。').waitFor();
  await shoot(page, 'finding-confirmed');
  const sql = 'SELECT action FROM audit_event WHERE target = ? ORDER BY id';
  const acts = await system.db.query<{ action: string }>(sql, [`finding:${id}`]);
  expect(new Set(acts.map(({ action }) => action))).toEqual(new Set(['finding.opened', 'finding.decided']));
  expect(faults).toEqual([]);
});
