import { textsOf } from '../../../../src/features/archive/conversations';
import { type ArchiveAtTest, archiveAtTest } from '../../../support/archive';

let at: ArchiveAtTest;
beforeEach(async () => {
  at = await archiveAtTest();
});
afterEach(() => at.close());

const parked = async () => (await at.rows('archive_parked')).map(({ id, reason }) => [Number(id), reason]);
const texts = async () =>
  (await at.reader.read((await at.rows('archive_message')).map(({ id }) => Number(id)))).map(
    ({ opened }) => opened && textsOf(opened.message).join(),
  );

test('A17 a message that comes again under another number is kept as a duplicate, one of another text as a conflict', async () => {
  const same = { msgid: 'same', at: new Date('2026-11-02T01:00:00Z') };
  at.wecom.say('the first', same);
  at.wecom.say('the first', same);
  await at.fetch();
  expect(await parked()).toEqual([[2, 'duplicate']]);
  at.wecom.say('the first', same);
  at.wecom.say('another text', same);
  await at.fetch();
  expect(await parked()).toEqual([
    [2, 'duplicate'],
    [3, 'duplicate'],
    [4, 'conflict'],
  ]);
  expect(await texts()).toEqual(['the first']);
  expect(await at.rows('archive_envelope')).toHaveLength(4);
  expect(await at.status.status()).toMatchObject({
    ...{ received: 4, stored: 1, conflicts: 1 },
    parked: { count: 3, unreadable: 0, by_reason: { conflict: 1, duplicate: 2 } },
  });
});

test('A17 repeats are seen across batches that are opened while the one before is written', async () => {
  for (let i = 0; i < 1200; i++) at.wecom.say('said twice', { msgid: `m${i % 600}`, at: new Date(1_760_000_000_000) });
  await at.fetch();
  expect(await at.rows('archive_message')).toHaveLength(600);
  expect(new Set((await parked()).map(([, reason]) => reason))).toEqual(new Set(['duplicate']));
  expect(await parked()).toHaveLength(600);
});
