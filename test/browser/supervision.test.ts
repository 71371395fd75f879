import { readFileSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
import { signInPath } from '../../src/features/kernel/access';
import type { RoleKey } from '../../src/http/roles';
import { barriers } from '../support/accessibility';
import { createTalk, customer, text } from '../support/archive-library/talk';
import { useLibrary } from '../support/archive-system';
import { shoot } from '../support/browser';
import { until } from '../support/system';
import { toneAsAmr } from '../support/tone';

jest.setTimeout(120_000);

const talk = createTalk();

const { library, system } = useLibrary(talk.key);

let browser: Browser;
let context: BrowserContext;
let page: Page;
/** What went wrong in the page, the policy of its content above all. */
const faults: string[] = [];

async function qrCode(words: string): Promise<Buffer> {
  const wasm = readFileSync(require.resolve('zxing-wasm/writer/zxing_writer.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });
  const { image } = await writeBarcode(words, { format: 'QRCode', scale: 8 });
  if (!image) throw new Error('no picture was drawn');
  return Buffer.from(await image.arrayBuffer());
}

const goods = (n: number) => talk.said({ more: text(`第 ${n} 批货款请先确认`), after: 600 });
const small = (n: number) => talk.said({ more: text(`闲聊 ${n}`), ...(n % 2 ? { from: customer, to: ['lin'] } : {}) });
/** WeCom holds files for five days only. */
const sentNow = (msgtype: string, content: object) =>
  talk.said({ from: customer, to: ['lin'], more: { msgtype, [msgtype]: content, msgtime: Date.now() - 60_000 } });

beforeAll(async () => {
  const { at } = system;
  await at.syncAll();
  const [voice, image] = [toneAsAmr(6), await qrCode('https://example.com/pay?to=私人账户')];
  library.file('voice', voice);
  library.file('image', image);
  const recalled = talk.said({ more: text('这句话后来撤回了') });
  const recall = { msgtype: 'revoke', action: 'recall', revoke: { pre_msgid: recalled.msgid } };
  const all = [
    ...[goods(1), recalled],
    // Enough for the first to be far from the last: a piece that is read holds 200.
    ...Array.from({ length: 260 }, (_, n) => small(n)),
    ...[goods(2), goods(3)],
    talk.said({ more: recall }),
    sentNow('image', { sdkfileid: 'image', filesize: image.length }),
    sentNow('voice', { sdkfileid: 'voice', voice_size: voice.length, play_length: 6 }),
  ];
  library.page(
    '0',
    all.map(({ envelope }) => envelope),
  );
  await at.system.services.archive.wake();
  await at.settled();
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--mute-audio', '--no-first-run', '--disable-background-networking'],
  });
  await enterAs('compliance_officer', '王合规');
});

afterAll(async () => {
  await context?.close();
  await browser?.close();
});

/** A browser in which somebody has just signed in. */
async function enterAs(role: RoleKey, name: string, userid?: string): Promise<void> {
  await context?.close();
  const { at } = system;
  context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (said) => {
    if (said.text().includes('Content Security Policy')) faults.push(said.text());
  });
  const wanted = { name, roles: [role], ...(userid ? { userid } : {}) };
  const { token } = await at.system.services.access.createUser(wanted);
  await page.goto(at.system.url + signInPath(token));
  await page.waitForURL(`${at.system.url}/`);
}

const open = (path: string) => page.goto(system.at.system.url + path);

const shot = (name: string): Promise<void> => shoot(page, name);

const recorded = async (action: string): Promise<number> => {
  const [row] = await system.at.db.query<{ n: unknown }>('SELECT COUNT(*) AS n FROM audit_event WHERE action = ?', [
    action,
  ]);
  return Number(row?.n);
};

const drawer = () => page.locator('.ant-drawer');
const marked = () => page.locator('[data-message][aria-current=true]');

describe('a conversation', () => {
  test('WCM-02 S16 a voice message is played in its place, at the speed one likes, and only then recorded', async () => {
    await open('/conversations');
    await page.getByRole('row').filter({ hasText: '单聊' }).first().click();
    const play = page.getByRole('button', { name: '播放', exact: true });
    await play.waitFor();
    const before = await recorded('archive.media_read');
    const sound = <T>(field: string) => page.evaluate<T>(`document.querySelector('audio').${field}`);
    await page.getByRole('button', { name: /播放速度/ }).click();
    await play.click();
    await page.getByRole('button', { name: '暂停' }).waitFor();
    await until('something is heard', async () => (await sound<number>('currentTime')) > 0.2);
    expect([await sound('duration'), await sound('playbackRate')]).toEqual([6, 1.5]);
    await page.getByRole('button', { name: '暂停' }).click();
    await play.waitFor();
    await page.getByRole('slider', { name: '播放位置' }).fill('4');
    expect(await sound('currentTime')).toBe(4);
    expect(await recorded('archive.media_read')).toBeGreaterThan(before);
    expect(faults).toEqual([]);
  });

  test('WCM-02 a picture stands in its place with what its QR code says, never as a link, and opens large', async () => {
    await page.getByText('https://example.com/pay?to=私人账户').waitFor();
    expect(await page.locator('main a[href*="example.com"]').count()).toBe(0);
    await shot('conversation-media');
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('img', { name: '图片' }).click();
    await page.locator('.ant-image-preview img').waitFor();
    await shot('conversation-viewer');
    await page.keyboard.press('Escape');
  });

  test('WCM-05 a recall leads to what it took back, far up in the conversation', async () => {
    await page.getByText('撤回了一条消息').waitFor();
    await page.getByRole('button', { name: '查看原消息' }).click();
    await marked().getByText('这句话后来撤回了').waitFor();
  });

  test('AR8 from a hit n and p lead to the other hits, and what was looked for is marked', async () => {
    await open('/messages?q=%E8%B4%A7%E6%AC%BE');
    await page.locator('tbody tr.ant-table-row').first().click();
    await page.waitForURL(/conversations\/.+q=/);
    await marked().getByText('第 3 批').waitFor();
    await page.getByText('第 1 处，共 3 处').waitFor();
    expect(await marked().locator('mark').innerText()).toBe('货款');
    await page.keyboard.press('p');
    await marked().getByText('第 2 批').waitFor();
    await page.keyboard.press('p');
    await marked().getByText('第 1 批').waitFor();
    await page.getByText('第 3 处，共 3 处').waitFor();
    await shot('conversation-hits');
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('n');
    await marked().getByText('第 2 批').waitFor();
    await page.getByRole('button', { name: '结束查找' }).click();
    await page.locator('mark').first().waitFor({ state: 'detached' });
  });
});

describe('word lists', () => {
  test('A10 the starter lists stand there; one is made, changed, and its versions tell what changed', async () => {
    await page.getByRole('link', { name: '敏感词表' }).click();
    await page.getByText('初始词表').first().waitFor();
    await shot('word-lists');
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: '新建词表' }).click();
    const dialog = page.getByRole('dialog', { name: '新建词表' });
    await dialog.getByLabel('名称').fill('货款');
    await dialog.getByLabel(/^词：/).fill('货款\n定金\n货款');
    await dialog.getByText('词：2，最多').waitFor();
    await shot('word-list-new');
    await dialog.getByRole('button', { name: '新建词表' }).click();
    await page.getByRole('row', { name: /货款、定金/ }).click();
    await drawer().getByText('版本记录').waitFor();
    await drawer().getByLabel(/^词：/).fill('货款\n尾款');
    await drawer().getByRole('button', { name: '保存为新版本' }).click();
    await drawer().getByText('增加：尾款').waitFor();
    await drawer().getByText('去掉：定金').waitFor();
    await drawer()
      .getByRole('button', { name: /取回这一版的词/ })
      .click();
    await drawer().getByText('已填入第 1 版的词').waitFor();
    expect(await drawer().getByLabel(/^词：/).inputValue()).toBe('货款\n定金');
    await shot('word-list');
    expect(await barriers(page)).toEqual([]);
  });

  test('A10 earlier messages are scanned again by the lists of now', async () => {
    await open('/word-lists');
    await page.getByRole('button', { name: '重新扫描以往消息' }).click();
    for (const [place, day] of ['2025-11-01', '2025-12-31'].entries()) {
      const field = drawer().getByRole('textbox').nth(place);
      await field.fill(day);
      await field.press('Enter');
    }
    await drawer().getByRole('button', { name: '开始扫描' }).click();
    await drawer().getByText('检查了 265 条消息，新命中 3 处').waitFor({ timeout: 60_000 });
    await drawer().getByText('2025-11-01 – 2025-12-31').first().waitFor();
    await shot('word-scan');
    expect(await barriers(page)).toEqual([]);
  });
});

describe('supervision', () => {
  test('A14 the report tells of each member of staff how much was looked at', async () => {
    await open('/word-lists');
    await page.getByRole('link', { name: '监督覆盖' }).click();
    await page.getByText('这段时间没有发给外部的消息').waitFor();
    await shot('coverage-empty');
    await open('/supervision?tab=coverage&from=2025-11-01&to=2025-12-31');
    const row = page.getByRole('row').filter({ hasText: '134' });
    await row.getByText('0%').waitFor();
    await shot('coverage');
    expect(await barriers(page)).toEqual([]);
  });

  test('A20 what the archive cannot see is named, and WeCom can be asked now', async () => {
    await page.getByRole('tab', { name: '存档盲区' }).click();
    await page.getByText('没有席位的成员').waitFor();
    await page.getByRole('button', { name: '立即向企业微信查询' }).click();
    await page.getByText('没有合规人员的客户群').waitFor();
    await shot('unseen');
    expect(await barriers(page)).toEqual([]);
  });

  test('A20 who agreed and who did not, with every change', async () => {
    await system.at.db.transact(() =>
      system.at.system.services.consent.onApproved({
        ...{ userid: 'lin', external_userid: customer, at: new Date('2025-11-20T02:00:00Z'), stale: false },
      }),
    );
    await open(`/supervision?tab=consent&external_userid=${customer}`);
    await page.locator('tbody tr.ant-table-row').first().click();
    await drawer().getByText('回调事件').first().waitFor();
    await shot('consent');
    expect(await barriers(page)).toEqual([]);
  });
});

describe('notices', () => {
  test('A20 an officer publishes a notice, and sees who has not confirmed it', async () => {
    await open('/notices');
    await page.getByText('还没有发布过告知').waitFor();
    await page.getByRole('button', { name: '发布告知' }).click();
    await shot('notice-new');
    await page
      .getByRole('dialog', { name: '发布告知' })
      .getByRole('button', { name: /^发\s?布$/ })
      .click();
    await page.getByText('关于企业微信会话存档的告知').first().waitFor();
    await page.getByRole('button', { name: /0 人已确认/ }).click();
    await drawer().getByRole('listitem').first().waitFor();
    await shot('notice-confirmations');
    expect(await barriers(page)).toEqual([]);
  });

  test('A20 a member of staff confirms for themselves; whoever is none is told so', async () => {
    const [member] = await system.at.db.query<{ userid: string }>(
      "SELECT userid FROM staff WHERE departed_at IS NULL AND status = 'active' ORDER BY userid LIMIT 1",
    );
    await open('/notices');
    await page.getByRole('button', { name: /^我已阅读并知悉/ }).click();
    await page.getByText('须由成员本人登录后确认').waitFor();
    await enterAs('sales', '成员', member?.userid);
    await page.getByRole('link', { name: '存档告知' }).click();
    expect(await page.getByRole('button', { name: '发布告知' }).count()).toBe(0);
    await page.getByRole('button', { name: /^我已阅读并知悉/ }).click();
    await page.getByText('你已确认').waitFor();
    await shot('notice-confirmed');
    expect(await barriers(page)).toEqual([]);
    expect(await recorded('archive.notice_confirmed')).toBe(1);
    await open('/supervision');
    await page.getByText('你的角色看不到这里的内容').waitFor();
  });

  test('both languages fit', async () => {
    await enterAs('compliance_officer', 'Officer');
    await page.evaluate(
      `localStorage.setItem('scrm.preferences', JSON.stringify({state: {language: 'en'}, version: 1}))`,
    );
    for (const [path, words, name] of [
      ['/word-lists', 'Starter list', 'word-lists'],
      ['/supervision?from=2025-11-01&to=2025-12-31', 'Staff who wrote outside', 'coverage'],
      ['/supervision?tab=unseen', 'Staff without a seat', 'unseen'],
      ['/notices', 'I have read and understood this', 'notices'],
    ] as const) {
      await open(path);
      await page.getByText(words).first().waitFor();
      await shot(`${name}-en`);
    }
    expect(faults).toEqual([]);
  });
});
