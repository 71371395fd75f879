import { hours, minutes, seconds } from '../../../../src/core/clock';
import { openNotifications } from './notifications-at-test';

let at: Awaited<ReturnType<typeof openNotifications>>;
let boss: string;
let found = 0;

beforeAll(async () => {
  at = await openNotifications();
});
afterAll(() => at.stop());
beforeEach(async () => {
  await at.reset();
  boss = await at.person('sun', ['sales_manager']);
  await at.person('li', ['sales'], 'sun');
  await at.person('wu', ['sales'], 'sun');
});

interface Found {
  userid?: string;
  detector?: string;
  severity?: string;
}

/** A finding, as the risk desk tells of it. */
async function finding({ userid = 'li', detector = 'CUSTOMER_DELETED_BY_STAFF', severity = 'high' }: Found = {}) {
  const data = { finding_id: ++found, detector, severity, evidence_level: 'OFFICIAL', userid };
  const event = { ...data, external_userid: 'wmSecret', chat_id: null };
  await at.db.transact(() => at.events.publish([{ type: 'finding.raised', occurred_at: at.clock.now(), data: event }]));
  await at.settled();
}

const centre = async () => (await at.of(boss)).map(({ count, words }) => [count, words['zh-CN'].text]);
const texts = () => at.sent.map((message) => ('description' in message ? message.description : message.content));

test('WCM-06 the first is out at once, what follows within a minute is one more message that counts', async () => {
  await finding();
  expect(texts()).toEqual(['成员 li：删除了客户（高）。请查看并处理。']);
  for (let n = 0; n < 4; n++) {
    await at.pass(seconds(10));
    await finding();
  }
  expect(at.sent).toHaveLength(1);
  expect(await centre()).toEqual([[5, '成员 li：5 × 删除了客户（高）。请查看并处理。']]);
  await at.pass(seconds(29));
  expect(at.sent).toHaveLength(1);
  await at.pass(seconds(1));
  expect(texts().slice(1)).toEqual(['成员 li：5 × 删除了客户（高）。请查看并处理。']);
  await at.pass(minutes(5));
  expect(at.sent).toHaveLength(2);
});

test('WCM-06 ten minutes after the first, a new one begins', async () => {
  await finding();
  await at.pass(minutes(9));
  await finding();
  expect(await centre()).toHaveLength(1);
  await at.pass(minutes(1));
  await finding();
  expect((await centre()).map(([count]) => count)).toEqual([1, 2]);
});

test('WCM-06 of somebody else, or by another detector, it is another one', async () => {
  await finding();
  await finding({ userid: 'wu' });
  await finding({ detector: 'CUSTOMER_MISSING' });
  expect((await centre()).map(([count]) => count)).toEqual([1, 1, 1]);
  expect(at.sent).toHaveLength(3);
});

test('WCM-06 one more is news again for whoever has read it', async () => {
  await finding();
  await at.notifications.readAll(at.me(boss));
  await finding();
  expect((await at.notifications.list({ limit: 5 }, at.me(boss))).unread).toBe(1);
});

test('WCM-06 found at the same time by many, it is one that counts them all', async () => {
  await Promise.all(Array.from({ length: 8 }, () => finding()));
  expect((await centre()).map(([count]) => count)).toEqual([8]);
  await at.pass(minutes(1));
  expect(texts().at(-1)).toBe('成员 li：8 × 删除了客户（高）。请查看并处理。');
});

test('WCM-06 a critical one waits for nobody, and its group is called critical', async () => {
  await finding();
  await finding();
  await finding({ severity: 'critical' });
  expect(texts()).toEqual([
    '成员 li：删除了客户（高）。请查看并处理。',
    '成员 li：3 × 删除了客户（严重）。请查看并处理。',
  ]);
  await finding({ severity: 'medium' });
  await at.pass(minutes(1));
  expect(texts().at(-1)).toBe('成员 li：4 × 删除了客户（严重）。请查看并处理。');
});

test('WCM-06 what comes while a message is on its way goes out with the next', async () => {
  let done = false;
  at.wecom.meanwhile = async () => {
    if (done) return;
    done = true;
    const event = { finding_id: ++found, detector: 'CUSTOMER_DELETED_BY_STAFF', severity: 'high', userid: 'li' };
    const data = { ...event, evidence_level: 'OFFICIAL', external_userid: null, chat_id: null };
    await at.db.transact(() => at.events.publish([{ type: 'finding.raised', occurred_at: at.clock.now(), data }]));
  };
  await finding();
  expect(at.sent).toHaveLength(1);
  await at.pass(minutes(1));
  expect(texts().slice(1)).toEqual(['成员 li：2 × 删除了客户（高）。请查看并处理。']);
});

test('WCM-06 quiet hours hold messages and mail but not the centre, and nothing critical', async () => {
  await at.wants(boss, { email: 'sun@example.com', quiet_from: '15:30', quiet_until: '07:00' });
  await finding();
  await at.pass(hours(3));
  await finding({ userid: 'wu' });
  expect([at.sent.length, at.mail.mails.length, (await centre()).length]).toEqual([0, 0, 2]);
  await finding({ userid: 'wu', severity: 'critical' });
  expect([texts(), at.mail.mails.length]).toEqual([['成员 wu：2 × 删除了客户（严重）。请查看并处理。'], 1]);
  await at.pass(hours(12));
  expect(texts().slice(1)).toEqual(['成员 li：删除了客户（高）。请查看并处理。']);
  expect(at.mail.mails).toHaveLength(2);
});

test('WCM-06 a mail that counts more is not taken for the one before', async () => {
  await at.wants(boss, { email: 'sun@example.com' });
  await finding();
  await finding();
  await at.pass(minutes(1));
  const ids = at.mail.mails.map((mail) => /^Message-ID: (.*)$/m.exec(mail)?.[1]);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(2);
});

test('WCM-06 what was written down before notifications counted is still shown', async () => {
  await finding();
  await at.db.execute('UPDATE notification SET count = NULL, group_key = NULL');
  expect(await centre()).toEqual([[1, '成员 li：删除了客户（高）。请查看并处理。']]);
});
