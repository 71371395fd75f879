import { days, hours, minutes } from '../../../src/core/clock';
import { createCrossChecks, type MoneyRecords } from '../../../src/features/risk/cross-checks';
import { useArchive } from '../../support/archive-system';
import type { Json } from '../../support/system';
import { ago, found, sweepIn, swept, talk, unseenBy, type Watched, watched } from './watching';

const archive = useArchive({ staff: 1, externalContacts: 1, groupChats: 0, leavers: 0 });

/** What the company's books say: pairs with a payment on a day. */
const booked = new Map<string, Date>();
const records: MoneyRecords = {
  isConnected: () => true,
  async between({ external_userid }, from, to) {
    const at = booked.get(external_userid);
    return at && at >= from && at <= to ? [{ kind: 'payment', id: 'p1', amount: 10_000 }] : [];
  },
};

/** The comparison with books that are connected. */
async function compared(): Promise<void> {
  const [paid] = createCrossChecks({ db: archive.at.db, records }).sweeps;
  if (paid) await sweepIn(archive.at, 0, paid);
}

const about = ({ userid }: Watched, detector = 'PRIVATE_PAYMENT'): Promise<Json[]> =>
  found(archive.at, detector, `&userid=${userid}`);
const says = (pair: Watched, text: string, at = ago(days(3))) => talk(archive, [pair, [{ by: 'external', text, at }]]);

test('VIO-4.1 while no books are connected nobody is suspected: what could be compared is counted', async () => {
  const pair = await watched(archive.at);
  await says(pair, '钱转了，转你了');
  await swept(archive.at);
  expect(await about(pair)).toEqual([]);
  expect(await unseenBy(archive.at, 'PRIVATE_PAYMENT')).toEqual({ not_connected: 1 });
});

/** What a pair said is judged again, now that a QR code in it can be read. */
async function seesCode({ userid }: Watched, text: string): Promise<void> {
  const { db, system } = archive.at;
  const { ground } = system.services.detection;
  const [row] = await db.query<{ id: unknown }>('SELECT id FROM archive_message WHERE sender = ?', [userid]);
  const messages = (await ground.read([Number(row?.id ?? 0)])).map((one) => ({ ...one, codes: [{ path: '', text }] }));
  for (const detector of system.services.crossChecks.ofMessages) {
    const { write } = await detector.judge(messages, ground, []);
    await db.transact(async () => write?.());
  }
}

test('DET PRIVATE_PAYMENT VIO-4.1 somebody says they paid and no record is near: once a day, high with a personal code', async () => {
  const [plain, coded] = [await watched(archive.at), await watched(archive.at)];
  const [early, later] = [ago(days(3)), new Date(ago(days(3)).getTime() + minutes(3))];
  const lines = (...texts: string[]) =>
    texts.map((text, n) => ({ by: 'external' as const, text, at: n ? later : early }));
  const picture = { by: 'staff' as const, text: '扫这个', at: early };
  await talk(archive, [plain, lines('刚刚已付', '付过了哈')], [coded, [...lines('转你了'), picture]]);
  await seesCode(coded, 'wxp://f2f0abcdef');
  await seesCode(plain, 'https://work.weixin.qq.com/ours');
  await compared();
  await compared();
  expect(await about(plain)).toMatchObject([
    { severity: 'medium', evidence_level: 'CIRCUMSTANTIAL', features: { said: 2, personal_codes: 0 } },
  ]);
  expect(await about(coded)).toMatchObject([{ severity: 'high', features: { said: 1, personal_codes: 1 } }]);
});

test('VIO-4.1 DET PRIVATE_PAYMENT a record within two days either way explains it; what was said an hour ago waits', async () => {
  const [paid, fresh] = [await watched(archive.at), await watched(archive.at)];
  await says(paid, '已转账');
  booked.set(paid.external_userid, ago(days(4)));
  await says(fresh, '转你了', ago(hours(1)));
  await compared();
  expect([...(await about(paid)), ...(await about(fresh))]).toEqual([]);
});

test('VIO-4.1 DET PRIVATE_PAYMENT a question, what is still to be done, and the words of staff are no payment', async () => {
  const pair = await watched(archive.at);
  const texts = ['你那边已付了吗？', '我还没转给你了解一下', '已转发给同事', '先不付'];
  const at = ago(days(3));
  const theirs = texts.map((text) => ({ by: 'external' as const, text, at }));
  await talk(archive, [pair, [...theirs, { by: 'staff', text: '我已付过了', at }]]);
  await compared();
  expect(await about(pair)).toEqual([]);
});

/** The deletion as an event tells of it. */
async function deletes({ staffId, external_userid }: Watched, at = new Date()): Promise<void> {
  const { db, system } = archive.at;
  const { presence, store } = system.services.externalContacts;
  const relation = await store.pair(staffId, external_userid);
  if (!relation) throw new Error('the two do not know each other');
  const fact = { kind: 'staff_deleted' as const, occurred_at: at };
  await db.transact(() => presence.record(relation, [fact], { source: 'event', ref: 'e1', at }));
}

test('DET FEIDAN a deal was spoken of, then staff deleted the customer; with the messages as evidence', async () => {
  const pair = await watched(archive.at);
  await talk(archive, [
    pair,
    [
      { by: 'external', text: '报价能再低一点吗', at: ago(days(2)) },
      { by: 'staff', text: '合同发您了，定金三成', at: ago(days(1)) },
    ],
  ]);
  await deletes(pair);
  await swept(archive.at);
  const [finding, ...more] = await about(pair, 'FEIDAN');
  expect(more).toEqual([]);
  expect(finding).toMatchObject({
    ...{ severity: 'medium', evidence_level: 'CIRCUMSTANTIAL', external_userid: pair.external_userid },
    features: { how: 'deal_then_deleted', deal_messages: 2 },
  });
  expect(finding?.evidence.map(({ source }: Json) => source)).toEqual(['finding', 'message', 'message']);
});

test('DET FEIDAN small talk, a deal of long ago, and who was left by the customer first are none', async () => {
  const [small, old, left] = [await watched(archive.at), await watched(archive.at), await watched(archive.at)];
  const deal = (at: Date) => ['报价单', '合同'].map((text) => ({ by: 'staff' as const, text, at }));
  await talk(
    archive,
    [small, [{ by: 'staff', text: '天气真好', at: ago(days(1)) }]],
    [old, deal(ago(days(20)))],
    [left, deal(ago(days(1)))],
  );
  await archive.at.db.execute(
    `INSERT INTO relation_history (relation_id, kind, source, occurred_at, recorded_at)
     SELECT id, 'external_deleted', 'event', ?, ? FROM relation WHERE external_userid = ?`,
    [ago(hours(2)), ago(hours(2)), left.external_userid],
  );
  for (const pair of [small, old, left]) await deletes(pair);
  await swept(archive.at);
  for (const pair of [small, old, left]) expect(await about(pair, 'FEIDAN')).toEqual([]);
});
