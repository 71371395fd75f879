import { mostPerHour } from '../../../../src/features/relations/external-contacts/exposure';
import { aPerson } from '../../../support/people';
import { type Json, useSystem } from '../../../support/system';
import { foundCompany } from '../../kernel/scope/company';

const system = useSystem({ staff: 2, externalContacts: 1, groupChats: 0, leavers: 0 });
const path = 'external-contacts/wmChen/reveal';
const wanted = { field: 'remark_mobiles', reason: 'the customer asked to be called back' };

beforeAll(async () => {
  await foundCompany(system.at);
  await system.at.system.services.reporting.refresh();
});

const place = () => ({ access: system.at.system.services.access, db: system.at.db });

/** Somebody in a browser who showed a second factor just now. */
const inBrowser = async (role: string, userid?: string): Promise<Json> =>
  (await aPerson(place(), { roles: [role], ...(userid ? { userid } : {}) })).headers;

async function call(headers: Json, at: string, body?: object) {
  const answer = await fetch(`${system.at.system.url}/api/v1/${at}`, {
    method: body ? 'POST' : 'GET',
    headers: { connection: 'close', 'content-type': 'application/json', ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, body: (await answer.json()) as Json };
}

const audited = async (action: string, result = 'ok') =>
  (await system.at.api.all(`audit-events?action=${action}`)).filter((event) => event.result === result);

test('PLT-02 a covered number is shown for a reason, and the reason is recorded without what it quotes', async () => {
  const compliance = await inBrowser('compliance_officer');
  const [covered] = (await call(compliance, 'external-contacts/wmChen')).body.relations;
  expect(covered.remark_mobiles).toEqual(['138****1111']);
  const reason = 'complaint about 13800001111';
  const shown = await call(compliance, path, { ...wanted, reason });
  expect(shown).toEqual({
    status: 200,
    body: { field: 'remark_mobiles', items: [{ relation_id: covered.id, values: ['13800001111'] }] },
  });
  const [event] = await audited('field.revealed');
  expect(event).toMatchObject({
    target: 'external_contact:wmChen',
    reason: 'complaint about 138****1111',
    detail: { field: 'relation.remark_mobiles', relations: [covered.id] },
  });
  const note = await call(compliance, path, { ...wanted, field: 'description', relation_id: covered.id });
  expect(note.body.items).toEqual([{ relation_id: covered.id, values: ['met at the fair'] }]);
});

test.each([
  ['without a reason', { field: 'remark_mobiles' }, 422],
  ['with a reason of three characters', { ...wanted, reason: ' ab ' }, 422],
  ['of a field that nobody guards', { ...wanted, field: 'remark' }, 422],
  ['of a relation that is not of this contact', { ...wanted, relation_id: 'nobody' }, 404],
])('PLT-02 nothing is shown %s', async (_, body, status) => {
  expect((await call(await inBrowser('compliance_officer'), path, body)).status).toBe(status);
});

test('PLT-02 who may not see the record, or has no right to uncover, is shown nothing', async () => {
  expect((await call(await inBrowser('sales', 'Sun'), path, wanted)).status).toBe(404);
  expect((await call(await inBrowser('marketing', 'Chen'), path, wanted)).status).toBe(403);
  expect((await call(await inBrowser('auditor'), path, wanted)).status).toBe(403);
});

test('S12 it asks for a fresh second factor, and a token never has one', async () => {
  const { headers, id } = await aPerson(place(), { roles: ['compliance_officer'], withFactor: false });
  const asked = () => call(headers, path, wanted);
  expect(await asked()).toMatchObject({ status: 403, body: { code: 'SECOND_FACTOR_MISSING' } });
  const { token } = await place().access.issueToken({ name: 'script', roles: ['compliance_officer'] });
  const byToken = await call({ authorization: `Bearer ${token}` }, path, wanted);
  expect(byToken).toMatchObject({ status: 403, body: { code: 'STEP_UP_REQUIRED' } });
  const shown = (minutesAgo: number) =>
    system.at.db.execute('UPDATE session SET factor_at = ? WHERE account_id = ?', [
      new Date(Date.now() - minutesAgo * 60_000),
      id,
    ]);
  await shown(6);
  expect((await asked()).status).toBe(403);
  await shown(4);
  expect((await asked()).status).toBe(200);
});

test('WCM-08 who uncovers more in an hour than work needs is stopped with 429, and it is reported once', async () => {
  const compliance = await inBrowser('compliance_officer');
  const answers = await Promise.all(
    Array.from({ length: mostPerHour.reveal + 3 }, () => call(compliance, path, wanted)),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(mostPerHour.reveal);
  const [refused] = answers.filter(({ status }) => status === 429);
  expect(refused?.body).toMatchObject({ code: 'EXPOSURE_OVER_THRESHOLD' });
  expect(refused?.body.details.retry_after_seconds).toBeGreaterThan(3000);
  expect(await audited('external_contact.reveal_over_threshold', 'refused')).toHaveLength(1);
});

test('WCM-08 S16 a person who is opened is recorded once an hour, and an account that opens too many is stopped', async () => {
  const browser = await aPerson(place(), { roles: ['compliance_officer'] });
  for (let n = 0; n < 3; n++) expect((await call(browser.headers, 'external-contacts/wmChen')).status).toBe(200);
  const mine = (await audited('external_contact.viewed')).filter(({ actor }) => actor === `account:${browser.id}`);
  expect(mine.map(({ target }) => target)).toEqual(['external_contact:wmChen']);

  const bucket = `view:account:${browser.id}`;
  await system.at.db.execute('UPDATE sign_in_attempts SET failures = ? WHERE bucket = ?', [mostPerHour.view, bucket]);
  expect((await call(browser.headers, 'external-contacts/wmChen')).status).toBe(200);
  const stopped = await call(browser.headers, 'external-contacts/wmSun');
  expect(stopped).toMatchObject({ status: 429, body: { code: 'EXPOSURE_OVER_THRESHOLD' } });
  expect(await audited('external_contact.view_over_threshold', 'refused')).toHaveLength(1);
});

test('S16 a view that cannot be recorded shows nothing', async () => {
  const { exposure } = system.at.system.services;
  const viewer = { kind: 'account', id: 'somebody' };
  const compliance = await inBrowser('compliance_officer');
  await system.at.db.execute('ALTER TABLE sign_in_attempts RENAME TO away');
  try {
    await expect(exposure.viewed('wmLi', { viewer } as never)).rejects.toThrow();
    expect((await call(compliance, path, wanted)).status).toBe(500);
  } finally {
    await system.at.db.execute('ALTER TABLE away RENAME TO sign_in_attempts');
  }
});
