import type { Browser, Page } from 'playwright-core';
import { signInPath } from '../../src/features/kernel/access';
import { barriers } from '../support/accessibility';
import { archiveKeys } from '../support/archive-library/archive-library';
import { createTalk, everyKind, text } from '../support/archive-library/talk';
import { useLibrary } from '../support/archive-system';
import { launchBrowser, shoot } from '../support/browser';

jest.setTimeout(120_000);

const talk = createTalk();
const late = createTalk(archiveKeys(2), 5_000);

const { library, system } = useLibrary(talk.key);

let browser: Browser;
let page: Page;

beforeAll(async () => {
  const { at } = system;
  const planted = talk.said({ more: text('这批货款您先转到我个人账户，咱们回头再补单子'), after: 600 });
  const all = [
    ...Object.values(everyKind).map((more) => talk.said({ more })),
    planted,
    talk.said({ more: text('好的，明白') }),
    late.said({ more: text('这一条等私钥') }),
  ];
  library.page(
    '0',
    all.map(({ envelope }) => envelope),
  );
  await at.system.services.archive.wake();
  await at.settled();
  browser = await launchBrowser();
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  const { token } = await at.system.services.access.createUser({ name: '王合规', roles: ['compliance_officer'] });
  await page.goto(at.system.url + signInPath(token));
  await page.waitForURL(`${at.system.url}/`);
});

afterAll(() => browser?.close());

const open = (path: string) => page.goto(system.at.system.url + path);

const shot = (name: string): Promise<void> => shoot(page, name);

const searches = async (): Promise<number> => {
  const [row] = await system.at.db.query<{ n: unknown }>(
    "SELECT COUNT(*) AS n FROM audit_event WHERE action = 'archive.searched'",
  );
  return Number(row?.n);
};

test('AR8 S16 an officer finds the planted message by two characters and reads it in its conversation', async () => {
  await page.getByRole('link', { name: '消息搜索' }).click();
  await page.getByText('在全部存档消息里搜索').waitFor();
  expect(await searches()).toBe(0);
  await shot('search-empty');
  const box = page.getByPlaceholder(/输入要找的词/);
  await box.fill('货款');
  await box.press('Enter');
  await page.locator('mark', { hasText: '货款' }).waitFor();
  expect(await searches()).toBe(1);
  await shot('search-hits');
  expect(await barriers(page)).toEqual([]);
  await page.locator('tbody tr.ant-table-row').first().click();
  await page.waitForURL(/conversations\/.+\?m=/);
  await page.locator('[data-message][aria-current=true]', { hasText: '个人账户' }).waitFor();
});

test('AR8 one character is refused politely', async () => {
  await open('/messages?q=%E8%B4%A7');
  await page.getByText('检索词至少要两个字或字母').waitFor();
});

test('AR4 health tells that a key is missing, and what to do', async () => {
  await page.getByRole('link', { name: '存档状态' }).click();
  await page.getByText('有消息在等私钥：版本 2').waitFor();
  await page.getByText('缺少对应版本的私钥').waitFor();
  await shot('archive-status');
  expect(await barriers(page)).toEqual([]);
});

test.each([
  ['days', '最近一年'],
  ['gaps', '没有缺口'],
  ['keys', '密钥目录中的文件'],
  ['verify', '核验全部'],
])('the tab %s shows itself', async (tab, words) => {
  await open(`/archive?tab=${tab}`);
  await page.getByText(words).first().waitFor();
  await shot(`archive-${tab}`);
  expect(await barriers(page)).toEqual([]);
});

test('A2 a verification is started and ends with a verdict', async () => {
  await page.getByRole('button', { name: '核验全部' }).click();
  await page.getByText('未发现改动').first().waitFor({ timeout: 60_000 });
  await page.locator('tbody tr.ant-table-row').first().click();
  await page.getByText('每日结单').waitFor();
  await shot('archive-verdict');
});

test('both languages fit', async () => {
  await page.evaluate(
    `localStorage.setItem('scrm.preferences', JSON.stringify({state: {language: 'en'}, version: 1}))`,
  );
  await open('/archive');
  await page.getByText('Messages wait for a private key').waitFor();
  await shot('archive-status-en');
  await open('/messages');
  await page.getByText('Search all archived messages').waitFor();
  await shot('search-en');
});
