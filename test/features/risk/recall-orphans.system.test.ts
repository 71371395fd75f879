import { hours, minutes } from '../../../src/core/clock';
import { recallOrphan } from '../../../src/features/risk/detection/detectors/recall-orphan';
import { type Said, useArchive } from '../../support/archive-system';
import { ago, found, seat, sweepIn } from './watching';

const archive = useArchive({ staff: 1, externalContacts: 1, groupChats: 0, leavers: 0 });

/** What is taken back by its msgid, just now. */
const takesBack = (pre_msgid: string, from = 'lin'): Said =>
  archive.say('', { from, msgtype: 'revoke', action: 'recall', revoke: { pre_msgid }, msgtime: Date.now() });
const causes = async (): Promise<string[]> =>
  (await found(archive.at, 'RECALL_ORPHAN')).map(({ features }) => features.cause);
const inADay = () => sweepIn(archive.at, hours(24), recallOrphan);

test('DET RECALL_ORPHAN a recall without its original is a gap, once and after some hours; the cause is a guess', async () => {
  await archive.said(archive.say('今天', { msgtime: ago(minutes(30)).getTime() }));
  await archive.said(takesBack('5100000000000000001_1700000000001_external'));
  await sweepIn(archive.at, hours(1), recallOrphan);
  expect(await causes()).toEqual([]);
  await inADay();
  await inADay();
  const [finding, ...more] = await found(archive.at, 'RECALL_ORPHAN');
  expect(more).toEqual([]);
  expect(finding).toMatchObject({
    ...{ evidence_level: 'OFFICIAL', severity: 'medium', userid: 'lin', features: { cause: 'before_archive' } },
    evidence: [{ source: 'message' }],
  });
});

test('DET RECALL_ORPHAN what can be opened again is told apart: no seat, unknown', async () => {
  await seat(archive.at.db, 'somebody', true, ago(hours(9)));
  await archive.said(takesBack(`5100000000000000002_${Date.now()}_external`));
  await inADay();
  expect((await causes())[0]).toBe('no_seat');
  await seat(archive.at.db, 'lin', true, ago(hours(9)));
  await archive.said(takesBack(`5100000000000000003_${Date.now()}_external`));
  await inADay();
  expect((await causes())[0]).toBe('unknown');
});

test('VIO-2.2-17 DET RECALL_ORPHAN a recall whose original is here is none, nor one of a robot', async () => {
  const before = (await causes()).length;
  const original = archive.say('撤回试试');
  await archive.said(original, takesBack(original.msgid), takesBack('gone_external', `wb${'r'.repeat(30)}`));
  await inADay();
  expect(await causes()).toHaveLength(before);
});

test('VIO-5-6 DET RECALL_ORPHAN an original that waits for its key is no gap: it is counted, and joined later', async () => {
  const before = (await causes()).length;
  const waits = archive.say('等钥匙');
  await archive.give([archive.seal(waits, archive.keys.late), archive.seal(takesBack(waits.msgid))]);
  expect(await inADay()).toMatchObject({ unseen: { key_missing: 1 } });
  expect(await causes()).toHaveLength(before);
});

test('VIO-5-6 DET RECALL_ORPHAN an original that comes after the finding explains it; one a person took up stays theirs', async () => {
  const [late, taken] = [archive.say('晚到的一句'), archive.say('也晚到')];
  await archive.said(takesBack(late.msgid), takesBack(taken.msgid));
  await inADay();
  const [ofTaken, ofLate] = await found(archive.at, 'RECALL_ORPHAN');
  await archive.at.api.post(`findings/${ofTaken?.id}/decisions`, {
    state: 'reviewing',
    version: ofTaken?.case_version,
  });
  await archive.said(late, taken);
  await inADay();
  const states = (await found(archive.at, 'RECALL_ORPHAN')).slice(0, 2).map(({ id, state }) => [id, state]);
  expect(states).toEqual([
    [ofTaken?.id, 'reviewing'],
    [ofLate?.id, 'cleared'],
  ]);
});
