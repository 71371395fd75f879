import { seconds } from '../../../src/core/clock';
import { customerAtTest as customer, type Said, useArchive } from '../../support/archive-system';
import type { Json } from '../../support/system';
import { ruleDesk } from './rules/rule-desk';

const archive = useArchive();
const found = async (): Promise<Json[]> => archive.at.api.all('findings?detector=RECALL');
const timeOf = ({ plain }: Said): number => JSON.parse(plain).msgtime;

/** Taken back by somebody, some time after it was sent. */
const takenBack = (original: Said, afterMs: number, more: object = {}) =>
  archive.say('', {
    ...{ msgtype: 'revoke', action: 'recall', revoke: { pre_msgid: original.msgid } },
    ...{ msgtime: timeOf(original) + afterMs, ...more },
  });

test('DET RECALL WCM-05 what staff take back late is found once, with both messages as evidence', async () => {
  const original = archive.say('明天上午给您送过去');
  const recall = takenBack(original, seconds(90));
  await archive.said(original, recall);
  const [finding, ...more] = (await found()).filter(({ external_userid }) => external_userid === customer);
  expect(more).toEqual([]);
  expect(finding).toMatchObject({
    ...{ evidence_level: 'OFFICIAL', severity: 'low', userid: 'lin', external_userid: customer, state: 'open' },
    occurred_at: new Date(timeOf(recall)).toISOString(),
    features: { seconds_after: 90, original_known: true, recalled_by_sender: true },
  });
  const rows = await archive.at.db.query<{ id: unknown; content: string }>(
    'SELECT id, content FROM archive_message WHERE msgid IN (?, ?) ORDER BY id DESC',
    [original.msgid, recall.msgid],
  );
  expect(finding?.evidence).toEqual(
    rows.map(({ id, content }) => ({ source: 'message', ref: String(id), hash: content })),
  );
});

test('VIO-2.2-16 what is taken back within a minute, and what a customer takes back, is only a lead', async () => {
  const [slip, theirs] = [archive.say('打错了'), archive.say('我再想想', { from: customer, tolist: ['lin'] })];
  const before = (await found()).length;
  const byCustomer = { from: customer, tolist: ['lin'] };
  await archive.said(slip, theirs, takenBack(slip, seconds(5)), takenBack(theirs, seconds(300), byCustomer));
  const fresh = (await found()).slice(0, (await found()).length - before);
  expect(fresh.map(({ severity }) => severity)).toEqual(['lead', 'lead']);
});

test('VIO-2.2-16 a robot that takes something back is nobody; I4 judged again, nothing is found twice', async () => {
  const robot = `wb${'r'.repeat(30)}`;
  const spoken = archive.say('系统通知', { from: robot, tolist: ['lin'] });
  const before = (await found()).length;
  await archive.said(spoken, takenBack(spoken, seconds(300), { from: robot, tolist: ['lin'] }));
  expect(await found()).toHaveLength(before);
  await archive.at.db.execute('DELETE FROM risk_cursor');
  await archive.at.system.services.detection.judging.wake();
  await archive.at.settled();
  expect(await found()).toHaveLength(before);
});

const severityOf = async (original: Said, more: Said): Promise<[string, string[]]> => {
  await archive.said(original, more);
  const [newest] = await found();
  return [newest?.severity, newest?.features.signs];
};

test('DET RECALL what the original carried weighs more than how soon it went', async () => {
  const card = archive.say('', { msgtype: 'card', card: { corpname: '别家公司', userid: 'someone' } });
  expect(await severityOf(card, takenBack(card, seconds(20)))).toEqual(['medium', ['finding', 'card']]);
  const words = archive.say('货款您转给我就行，走个人账户');
  expect(await severityOf(words, takenBack(words, seconds(20)))).toEqual(['high', ['finding', 'word', 'money']]);
  const theirs = archive.say('我转给你', { from: customer, tolist: ['lin'] });
  const byCustomer = takenBack(theirs, seconds(20), { from: customer, tolist: ['lin'] });
  expect(await severityOf(theirs, byCustomer)).toEqual(['lead', ['money']]);
});

test('DET RECALL a finding about the original raises it; about another message of the same two it does not', async () => {
  const { at } = archive;
  const [one, other] = [archive.say('这个价您满意吗'), archive.say('下周见')];
  await archive.said(one, other);
  const sql = 'SELECT id, content FROM archive_message WHERE msgid = ?';
  const [row] = await at.db.query<{ id: unknown; content: string }>(sql, [one.msgid]);
  await at.db.transact(() =>
    at.system.services.findings.raise({ code: 'FEIDAN', version: 1 }, [
      {
        ...{ key: 'a rule', evidenceLevel: 'CIRCUMSTANTIAL', severity: 'high', userid: 'lin' },
        ...{ occurredAt: new Date(timeOf(one)) },
        evidence: [{ source: 'message', ref: String(row?.id), hash: row?.content ?? '' }],
      },
    ]),
  );
  expect(await severityOf(takenBack(one, seconds(5)), archive.say('好'))).toEqual(['medium', ['finding']]);
  expect(await severityOf(takenBack(other, seconds(5)), archive.say('好'))).toEqual(['lead', []]);
});

test('DET RECALL VIO-2.2-16 many in a day are unusual only against what is usual for the same person', async () => {
  const day = 86_400_000;
  const by = (who: string, atMs: number): Said[] => {
    const said = archive.say('先这样', { from: who, msgtime: atMs });
    return [said, takenBack(said, seconds(90), { from: who })];
  };
  const start = Date.parse('2026-02-01T02:00:00.000Z');
  const often = Array.from({ length: 120 }, (_, n) => by('often', start + (n * day) / 4)).flat();
  const burst = (who: string) => Array.from({ length: 5 }, (_, n) => by(who, start + 30 * day + n * 60_000)).flat();
  await archive.said(...often);
  await archive.said(...burst('often'), ...burst('seldom'));
  const severities = async (who: string) =>
    (await found()).filter(({ userid }) => userid === who).map(({ severity }) => severity);
  expect((await severities('seldom')).sort()).toEqual(['low', 'low', 'low', 'low', 'medium']);
  expect(new Set(await severities('often'))).toEqual(new Set(['low']));
});

test('WCM-03 A11 whoever may see a finding reads what was said around it, and no more; the look is in the trail', async () => {
  const before = Array.from({ length: 40 }, (_, n) => archive.say(`before ${n}`));
  const original = archive.say('the one taken back');
  const recall = takenBack(original, seconds(100));
  await archive.said(...before, original, recall);
  const [finding] = await found();
  const { items } = (await archive.at.api.get(`findings/${finding?.id}/messages`)).body;
  expect(items).toHaveLength(1);
  expect(items[0].evidence.sort()).toEqual(finding?.evidence.map(({ ref }: Json) => ref).sort());
  const texts = items[0].messages.map(({ text }: Json) => text);
  expect(texts).toContain('the one taken back');
  expect(texts).toContain('before 39');
  expect(texts).not.toContain('before 5');
  const looks = await archive.at.db.query<{ action: string }>(
    "SELECT action FROM audit_event WHERE action IN ('finding.messages_read', 'archive.read') ORDER BY id DESC LIMIT 2",
  );
  expect(looks.map(({ action }) => action).sort()).toEqual(['archive.read', 'finding.messages_read']);
});

test('DET RECALL I4 a payment code that is read only after its picture was taken back is told, once, beside what was found', async () => {
  const picture = archive.say('', { msgtype: 'image', image: { sdkfileid: 'late-code', filesize: 1, md5sum: '' } });
  const recall = takenBack(picture, seconds(5));
  await archive.said(picture, recall);
  const ofIt = async () =>
    (await found())
      .filter(({ occurred_at }) => occurred_at === new Date(timeOf(recall)).toISOString())
      .map(({ severity, features }) => [severity, features.signs]);
  expect(await ofIt()).toEqual([['lead', []]]);
  const desk = ruleDesk(archive);
  await desk.codeRead(picture, 'wxp://f2f0lateCode');
  await desk.codeRead(picture, 'wxp://f2f0lateCode');
  expect(await ofIt()).toEqual([
    ['high', expect.arrayContaining(['qr'])],
    ['lead', []],
  ]);
});
