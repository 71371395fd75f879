import type { Browser, Page } from 'playwright-core';
import { signInPath } from '../../src/features/kernel/access';
import { aDayLater, busiest, carriedOut, leaves, plan as stored } from '../features/handover/handovers/support';
import { barriers } from '../support/accessibility';
import { launchBrowser, shoot } from '../support/browser';
import { until, useSystem } from '../support/system';

jest.setTimeout(180_000);

const system = useSystem({
  ...{ staff: 14, externalContacts: 240, groupChats: 12, leavers: 0, seed: 91 },
  env: { HANDOVER_LOOKUP_SECONDS: '0' },
});
let browser: Browser;
let page: Page;
const faults: string[] = [];

interface Member {
  userid: string;
  name: string;
}
/** Who leaves, who stays and gives some away, and colleagues who can take over. */
let [leaver, mover]: Member[] = [];
let colleagues: Member[];
/** The plan as its address names it, and where the outcome of one is told. */
let plan: string;
let outcome: string;

beforeAll(async () => {
  const { at } = system;
  await at.syncAll();
  await at.settled();
  [leaver, mover, ...colleagues] = await Promise.all(busiest(at).slice(0, 5).map(memberOf));
  const { token } = await at.system.services.access.createUser({ name: '周主管', roles: ['sales_manager'] });
  browser = await launchBrowser();
  page = await visitor('zh-CN', token);
});

afterAll(() => browser?.close());

async function memberOf(userid: string): Promise<Member> {
  const [row] = await system.at.db.query<Member>('SELECT userid, name FROM staff WHERE userid = ?', [userid]);
  if (!row) throw new Error(`${userid} is not known`);
  return row;
}

async function visitor(locale: string, token: string): Promise<Page> {
  const viewport = { width: 1440, height: 900 };
  const context = await browser.newContext({ locale, viewport, reducedMotion: 'reduce' });
  const opened = await context.newPage();
  opened.setDefaultTimeout(15_000);
  opened.on('pageerror', (error) => faults.push(error.message));
  const { url } = system.at.system;
  await opened.goto(url + signInPath(token));
  await opened.waitForURL(`${url}/`);
  return opened;
}

const open = (path: string) => page.goto(system.at.system.url + path);
const rows = () => page.locator('tbody tr.ant-table-row');
const button = (name: string | RegExp) => page.getByRole('button', { name });

/** As the tests know them once the system is up. */
function named(member: Member | undefined): Member {
  if (!member) throw new Error('too few members');
  return member;
}

async function items(): Promise<{ state: string; to_userid: string | null }[]> {
  return system.at.db.query(
    `SELECT i.state, t.userid AS to_userid FROM handover_item i LEFT JOIN staff t ON t.id = i.to_staff_id
     WHERE i.handover_id = ?`,
    [plan],
  );
}

async function countFor(userid: string): Promise<number> {
  return (await items()).filter(({ to_userid }) => to_userid === userid).length;
}

test('WCM-07 a member leaves, and their manager is told at once', async () => {
  await leaves(system.at, named(leaver).userid);
  await open('/notifications');
  await page.getByText('成员已离职，请安排交接').first().waitFor();
  await page.getByText(named(leaver).userid).first().waitFor();
});

async function addTaker(name: string): Promise<void> {
  await page.getByLabel('添加接替人').fill(name);
  await page.locator('.ant-select-item-option').filter({ hasText: name }).first().click();
}

test('EXT-31 what a plan would do is seen while it is filled in, and then it is saved', async () => {
  await open('/handover/new');
  await page.getByText('还没有选交出人').waitFor();
  await button(new RegExp(`${named(leaver).name}.*位客户`)).click();
  for (const { name } of colleagues) await addTaker(name);
  await page.getByText('每人分到多少').waitFor();
  await page.getByText('交出人都已离职').waitFor();
  await page.getByText('先看这些').waitFor();
  await page.getByLabel(`名额 ${colleagues[0]?.name}`).fill('3');
  await page.getByText('名额 3').first().waitFor();
  await page.waitForLoadState('networkidle');
  expect(await barriers(page)).toEqual([]);
  await shoot(page, 'handover-new');
  expect(await system.at.db.query('SELECT id FROM handover')).toEqual([]);
  await button('保存为计划').click();
  await page.waitForURL(/\/handover\/plans\/.+/);
  plan = page.url().split('/').at(-1) ?? '';
  await rows().first().waitFor();
  await page.waitForLoadState('networkidle');
  expect(await barriers(page)).toEqual([]);
  await shoot(page, 'handover-draft');
});

test('EXT-31 a draft is put right: by keys, by dragging, many at once; every step can be undone', async () => {
  const [first, second] = colleagues;
  if (!first || !second) throw new Error('too few colleagues');
  const before = await countFor(first.userid);
  await rows().nth(0).getByRole('checkbox').check();
  await rows().nth(1).getByRole('checkbox').check();
  await page.getByText('已选 2 项').waitFor();
  await shoot(page, 'handover-chosen');
  await button(`交给 ${first.name}`).click();
  await page.getByText(`2 项改派给 ${first.name}`).waitFor();
  const after = await countFor(first.userid);
  expect(after).toBeGreaterThanOrEqual(before);
  await button('撤销').click();
  await page.getByText('已撤销 2 项').waitFor();
  expect(await countFor(first.userid)).toBe(before);
  await button('重做').click();
  await page.getByText('已重做 2 项').waitFor();
  expect(await countFor(first.userid)).toBe(after);
  const zone = page.locator('li').filter({ hasText: second.name }).filter({ hasText: '→' });
  const row = rows().filter({ hasText: first.name }).first();
  const had = await countFor(second.userid);
  await row.dragTo(zone);
  await page.getByText(`1 项改派给 ${second.name}`).waitFor();
  expect(await countFor(second.userid)).toBe(had + 1);
  await page.keyboard.press('Control+z');
  await page.getByText('已撤销 1 项').waitFor();
  expect(await countFor(second.userid)).toBe(had);
  expect(faults).toEqual([]);
});

test('EXT-31 what was taken out of a draft comes back, and another rule shares it out anew', async () => {
  const total = (await items()).length;
  await rows().nth(0).getByRole('checkbox').check();
  await button('移出方案').click();
  await page.getByText('已移出 1 项').waitFor();
  await until('it is out', async () => (await items()).filter(({ state }) => state === 'planned').length === total - 1);
  await button('撤销').click();
  await until('it is back', async () => (await items()).filter(({ state }) => state === 'planned').length === total);
  await button('改规则').click();
  const drawer = page.getByRole('dialog', { name: '改规则与接替人' });
  await drawer.getByText('每人分到多少').waitFor();
  expect(await drawer.getByLabel(`名额 ${colleagues[0]?.name}`).inputValue()).toBe('3');
  const last = named(colleagues.at(-1));
  await drawer.getByRole('button', { name: `去掉 ${last.name}` }).click();
  await drawer.getByRole('radio', { name: /^依次给/ }).check();
  await until('it is reckoned anew', async () => (await drawer.getByText(last.name).count()) === 0);
  await page.waitForLoadState('networkidle');
  expect(await barriers(page)).toEqual([]);
  await shoot(page, 'handover-replan');
  expect(await countFor(last.userid)).toBeGreaterThan(0);
  await drawer.getByRole('button', { name: '重新分配' }).click();
  await page.getByText('已按新的规则重新分配').waitFor();
  expect(await countFor(last.userid)).toBe(0);
  expect(await button('撤销').isDisabled()).toBe(true);
  const [moved] = await system.at.db.query<{ item_id: number }>(
    "SELECT item_id FROM handover_step WHERE kind = 'replanned' ORDER BY id LIMIT 1",
  );
  await open(`/handover/plans/${plan}?open=${moved?.item_id}`);
  await page.getByRole('dialog').getByText('重新分配，交给', { exact: false }).waitFor();
  await shoot(page, 'handover-replanned');
  expect(faults).toEqual([]);
});

test('WCM-07 it is submitted once the figures are read, a day goes by, and everybody arrives', async () => {
  await open(`/handover/plans/${plan}`);
  await rows().first().waitFor();
  await button('提交交接').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('提交后企业微信不能撤回').waitFor();
  expect(await barriers(page)).toEqual([]);
  await shoot(page, 'handover-submit');
  await dialog.getByRole('button', { name: /^提交 \d+ 项$/ }).click();
  const total = (await items()).length;
  const all = async (state: string) => (await items()).every((item) => item.state === state);
  await until('WeCom has all of it', async () => (await items()).every(({ state }) => state !== 'planned'));
  await page.getByText('等待接替').first().waitFor();
  await page.waitForLoadState('networkidle');
  await shoot(page, 'handover-waiting');
  await aDayLater(system.at);
  await button('立即查询结果').click();
  await page.getByText(`已接替 ${total} / ${total}`).waitFor();
  await until('all have arrived', () => all('taken_over'));
  await rows().first().click();
  const story = page.getByRole('dialog');
  await story.getByText('企业微信已受理', { exact: false }).waitFor();
  await story.getByText('已接替', { exact: true }).first().waitFor();
  await story.getByRole('button', { name: '关闭' }).click();
  await rows().last().click();
  await story.getByRole('button', { name: '接手简报' }).click();
  await story.getByText('跟进过的同事').waitFor();
  expect(await barriers(page)).toEqual([]);
  await shoot(page, 'handover-story');
  await story.getByRole('button', { name: '关闭' }).click();
  const downloaded = page.waitForEvent('download');
  await page.getByRole('link', { name: '下载报告' }).click();
  expect((await downloaded).suggestedFilename()).toMatch(/\.xlsx$/);
  await page.getByRole('tab', { name: '成效' }).click();
  await page.getByText('接替后没有流失').waitFor();
  expect(await button('交还').count()).toBe(0);
  await oneIsLost();
  await page.reload();
  const leak = page.getByRole('link', { name: '离职带走的迹象 1 条' });
  expect(await leak.getAttribute('href')).toBe(`/findings?detector=DEPARTURE_LEAK&userid=${named(leaver).userid}`);
  await open('/handover/plans');
  await page.getByText(`${total} / ${total} 已接替`).waitFor();
  expect(await barriers(page)).toEqual([]);
  await shoot(page, 'handover-plans');
  expect(faults).toEqual([]);
});

/** One customer of the plan deletes their successor. */
async function oneIsLost(): Promise<void> {
  const [row] = await system.at.db.query<{ external_userid: string; userid: string }>(
    `SELECT i.subject_id AS external_userid, t.userid FROM handover_item i JOIN staff t ON t.id = i.to_staff_id
     WHERE i.handover_id = ? AND i.kind = 'external_contact' ORDER BY i.id LIMIT 1`,
    [plan],
  );
  if (!row) throw new Error('the plan is empty');
  system.at.sandbox.control.deleteByExternal(row);
  await system.at.settled();
}

/** The customers of the plan say no, and the day goes by. */
async function decline(): Promise<void> {
  const sql = 'SELECT subject_id FROM handover_item WHERE handover_id = ?';
  const { control } = system.at.sandbox;
  for (const { subject_id } of await system.at.db.query<{ subject_id: string }>(sql, [plan])) {
    control.planTransfer({ external_userid: subject_id, outcome: 'customer_refused' });
  }
  await aDayLater(system.at);
}

test('EXT-25 somebody in service gives one customer away, with words; it is declined, and goes to another', async () => {
  const { userid, name } = named(mover);
  const [first, second] = colleagues.map(named);
  if (!first || !second) throw new Error('too few colleagues');
  await open(`/handover/new?from=${userid}`);
  await page.getByRole('radiogroup', { name: '客户群' }).getByText('不交').click();
  await page.getByRole('radiogroup', { name: '客户', exact: true }).getByText('挑选').click();
  await page.getByText('还没有挑选要交出的客户或客户群').waitFor();
  await page.getByRole('combobox', { name: '输入客户姓名，可多选' }).click();
  await page.locator('.ant-select-item-option').first().click();
  await page.getByText('已选 1 位').waitFor();
  await page.keyboard.press('Escape');
  await addTaker(first.name);
  await page.getByLabel('给客户的话').fill('您好，今后由我的同事为您服务。');
  await page.getByText('客户会看到').waitFor();
  await page.getByText('1 位客户、0 个客户群').waitFor();
  expect(await barriers(page)).toEqual([]);
  await shoot(page, 'handover-in-service');
  await page.getByRole('link', { name: '工作台' }).click();
  await page.getByText('有未保存的改动').waitFor();
  await button('留下继续编辑').click();
  await button('保存为计划').click();
  await page.waitForURL(/\/handover\/plans\/.+/);
  plan = page.url().split('/').at(-1) ?? '';
  await page.getByText(`${name}`).first().waitFor();
  await button('名称与留言').click();
  await page.getByLabel('名称', { exact: true }).fill('调岗：一位客户');
  await button(/保\s*存/).click();
  await page.getByRole('heading', { name: '调岗：一位客户' }).waitFor();
  await button('提交交接').click();
  await page.getByText('24 小时内可以拒绝').waitFor();
  await button('提交 1 项').click();
  await until('WeCom has it', async () => (await items()).every(({ state }) => state === 'waiting'));
  await decline();
  await button('立即查询结果').click();
  await page.getByText('1 项没有接替成功').waitFor();
  await shoot(page, 'handover-declined');
  expect(await barriers(page)).toEqual([]);
  await button('重试未成的全部').click();
  await page.getByText('换一位接替人…').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').fill(second.name);
  await page.locator('.ant-select-item-option').filter({ hasText: second.name }).first().click();
  await dialog.getByRole('button', { name: /重\s*试/ }).click();
  await page.getByText('1 项将在一分钟内再次提交').waitFor();
  await until('it is planned for the other', async () =>
    (await items()).every(({ to_userid, state }) => to_userid === second.userid && state === 'planned'),
  );
  await page.getByText('0 / 1', { exact: false }).first().waitFor();
  expect(faults).toEqual([]);
});

test('CUS-04 what came of it is told in figures, and what was taken over is given back to who serves', async () => {
  const { at } = system;
  const giver = named(mover);
  const [first, second] = colleagues.map(named);
  const relations = await at.api.all(`relations?userid=${giver.userid}&state=active`);
  const chosen = relations.slice(-6).map((row) => row.external_userid);
  const [refuser = '', lost = ''] = chosen;
  at.sandbox.control.planTransfer({ external_userid: refuser, outcome: 'customer_refused' });
  const { id } = await stored(at, {
    ...{ name: '调岗：六位客户', from_userids: [giver.userid], external_contacts: chosen, group_chats: 'none' },
    ...{ successors: [first, second].map((one) => ({ userid: one?.userid })), second_candidate: false },
    rule: { by_hand: { [lost]: first?.userid } },
  });
  await carriedOut(at, id);
  // WeCom tells to the second, and this one was taken over just now.
  await page.waitForTimeout(1_100);
  at.sandbox.control.deleteByExternal({ userid: first?.userid ?? '', external_userid: lost });
  await at.settled();
  await open(`/handover/plans/${id}?tab=outcome`);
  await page.getByText('6 位客户中 5 位已接替').waitFor();
  await page.getByText('接替后流失 1 位').waitFor();
  await page.getByText('系统里还没有订单', { exact: false }).waitFor();
  await page.waitForLoadState('networkidle');
  expect(await barriers(page)).toEqual([]);
  await shoot(page, 'handover-outcome');
  await button('交还').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(`${giver.name} 仍在职，已接替的 5 项`, { exact: false }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await shoot(page, 'handover-hand-back');
  await dialog.getByRole('button', { name: '新建交还草稿' }).click();
  await page.waitForURL((url) => url.pathname.startsWith('/handover/plans/') && !url.pathname.endsWith(id));
  await page.getByRole('heading', { name: /^↩ 调岗：六位客户/ }).waitFor();
  await page.waitForLoadState('networkidle');
  await shoot(page, 'handover-back-draft');
  await page.getByRole('link', { name: '交还的是这项交接' }).click();
  await page.getByRole('link', { name: '交还计划（草稿）' }).waitFor();
  outcome = `/handover/plans/${id}?tab=outcome`;
  expect(faults).toEqual([]);
});

const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

test('WCM-07 the pages speak English, hold in a narrow window, and say what is not there', async () => {
  await open('/handover/plans/unknown');
  await page.getByText('没有这项交接').waitFor();
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
  await context.addCookies(await page.context().cookies());
  const english = await context.newPage();
  const seen = [
    ['/handover/plans', 'Handovers'],
    [`/handover/new?from=${named(mover).userid}`, 'New handover'],
    [`/handover/plans/${plan}`, '调岗：一位客户'],
    [outcome, '调岗：六位客户'],
  ] as const;
  for (const [place, [path, heading]] of seen.entries()) {
    await english.goto(system.at.system.url + path);
    await english.getByRole('heading', { name: heading, exact: true }).waitFor();
    await english.waitForLoadState('networkidle');
    expect(await barriers(english)).toEqual([]);
    await shoot(english, `handover-english-${place}`);
    await english.setViewportSize({ width: 375, height: 700 });
    expect(await english.evaluate(wider)).toBeLessThanOrEqual(0);
    await shoot(english, `handover-narrow-${place}`);
    await english.setViewportSize({ width: 1440, height: 900 });
  }
  await context.close();
});

test('WCM-07 whoever may not see handovers is told so', async () => {
  const { token } = await system.at.system.services.access.createUser({ name: '吴安全', roles: ['security_admin'] });
  const other = await visitor('zh-CN', token);
  for (const path of ['/handover/plans', '/handover/new', `/handover/plans/${plan}`]) {
    await other.goto(system.at.system.url + path);
    await other.getByText('你的角色看不到这里的内容').waitFor();
  }
  await other.context().close();
});
