import { toDate } from '../../../../src/db/database';
import { archiveAtTest } from '../../../support/archive';

test('A4 A18 when a message was sent, fetched and opened are kept apart, in UTC, with the key it was sealed for', async () => {
  const at = await archiveAtTest();
  at.wecom.say('sent before', { at: new Date('2026-11-01T23:59:59.123Z') });
  await at.puller.pullAll();
  at.at('2026-11-02T05:00:00Z');
  await at.opener.openAll();
  const instants = async (table: string, column: string) =>
    (await at.rows(table)).map((row) => toDate(row[column]).toISOString());
  expect(await instants('archive_message', 'sent_at')).toEqual(['2026-11-01T23:59:59.123Z']);
  expect(await instants('archive_page', 'received_at')).toEqual(['2026-11-02T02:00:00.000Z']);
  expect(await instants('archive_batch', 'opened_at')).toEqual(['2026-11-02T05:00:00.000Z']);
  const [envelope] = await at.rows('archive_envelope');
  expect([Number(envelope?.publickey_ver), Number(envelope?.page_id)]).toEqual([1, 1]);
  await at.close();
});
