import { aPerson } from '../../../support/people';
import { type Json, useSystem } from '../../../support/system';
import { foundCompany } from '../scope/company';

const system = useSystem({ staff: 2, externalContacts: 1, groupChats: 0, leavers: 0 });
beforeAll(async () => {
  await foundCompany(system.at);
  await system.at.system.services.reporting.refresh();
});

async function as(role: string, path: string, { body, userid }: { body?: object; userid?: string } = {}) {
  const place = { access: system.at.system.services.access, db: system.at.db };
  const who = await aPerson(place, { roles: [role], ...(userid ? { userid } : {}) });
  const answer = await fetch(`${system.at.system.url}/api/v1/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { connection: 'close', ...who.headers, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, body: (await answer.json()) as Json, headers: answer.headers };
}

const wanted = { external_userid: 'wmSun', reason: 'the customer asked for it' };

test('S23 everything about a person, opened and machine readable, with who saw it', async () => {
  expect((await as('sales', 'external-contacts/wmSun', { userid: 'Sun' })).status).toBe(200);
  const { status, body, headers } = await as('compliance_officer', 'privacy/exports', { body: wanted });
  expect([status, headers.get('content-disposition')]).toEqual([200, 'attachment; filename="personal-data.json"']);
  expect(body.about.external_userid).toBe('wmSun');
  expect(body.external_contact).toMatchObject({ external_userid: 'wmSun', name: 'KSun' });
  expect(body.relations).toEqual([
    expect.objectContaining({
      remark: 'secret Sun',
      remark_mobiles: '["13800001111"]',
      description: 'met at the fair',
    }),
  ]);
  expect(body.history).toEqual([expect.objectContaining({ kind: 'added', source: 'sync' })]);
  expect(body.seen_by.map(({ action }: Json) => action)).toEqual(['external_contact.viewed']);
  // Nothing of anybody else.
  expect(JSON.stringify(body)).not.toMatch(/wmChen|secret Chen/);
});

test('S23 the export is itself among what was done with the record', async () => {
  const { body } = await as('compliance_officer', 'external-contacts/wmSun/views?limit=1');
  expect(body.items[0]).toMatchObject({ action: 'person.exported', reason: wanted.reason, result: 'ok' });
  expect(body.next_cursor).not.toBeNull();
});

test('S23 only who answers for data protection exports, for a reason, and only somebody who is there', async () => {
  expect((await as('auditor', 'privacy/exports', { body: wanted })).status).toBe(403);
  expect((await as('sales_manager', 'privacy/exports', { body: wanted })).status).toBe(403);
  expect((await as('compliance_officer', 'privacy/exports', { body: { ...wanted, reason: '' } })).status).toBe(422);
  const nobody = { ...wanted, external_userid: 'wmNobody' };
  expect((await as('compliance_officer', 'privacy/exports', { body: nobody })).status).toBe(404);
  expect((await as('security_admin', 'external-contacts/wmSun/views')).status).toBe(404);
});
