import { days } from '../../../src/core/clock';
import type { Person } from '../../support/people';
import { type Answer, useSystem } from '../../support/system';
import { type Desk, openDesk } from '../archive/desk';
import { pairsOf } from './pairs';

const system = useSystem({ staff: 1, externalContacts: 1, groupChats: 0, leavers: 0 });
const { tell, about } = pairsOf(system);
let desk: Desk;
let officer: Person;
let second: Person;

beforeAll(async () => {
  desk = await openDesk(system.at);
  [officer, second] = [await desk.officer('Anna'), await desk.officer('Bo')];
});

const inDays = (n: number): string => new Date(Date.now() + days(n)).toISOString();
const ask = (who: Person, body: object): Promise<Answer> =>
  desk.call(who, 'findings/exceptions', { reason: '测试账号', expires_at: inDays(30), ...body });
const except = async (body: object) => desk.together(officer, second, await ask(officer, body));
const list = async (who: Person) => (await desk.call(who, 'findings/exceptions')).body.items;
const chen = { userid: 'Chen', external_userid: 'wmChen' };
const soon = (n: number): Date => new Date(Date.now() + n * 1000);

test('VIO-2.2-17 whoever is excepted by two people is passed over, which is counted; somebody else is found', async () => {
  const alone = await ask(officer, chen);
  expect([alone.status, alone.body.code]).toEqual([409, 'APPROVAL_REQUIRED']);
  await tell(chen, 'external_deleted', soon(1));
  expect(await about(chen)).toHaveLength(1);
  const made = await except(chen);
  await tell(chen, 'staff_deleted', soon(2));
  await tell({ ...chen, userid: 'Sun' }, 'staff_deleted', soon(2));
  expect(await about(chen)).toEqual(['STAFF_DELETED_BY_CUSTOMER low open']);
  expect(await about({ ...chen, userid: 'Sun' })).toEqual(['CUSTOMER_DELETED_BY_STAFF high open']);
  expect(await list(officer)).toEqual([
    expect.objectContaining({
      ...{ id: made.id, ...chen, state: 'active', suppressed: 1, created_by_name: 'Anna', approved_by_name: 'Bo' },
    }),
  ]);
});

test('VIO-2.2-17 an exception ends by its time or by somebody’s word; from then on everything is found', async () => {
  const wu = { userid: 'Wu', external_userid: 'wmWu' };
  const { id } = await except({ userid: 'Wu', expires_at: inDays(2) });
  await tell(wu, 'staff_deleted', soon(1));
  await tell(wu, 'external_deleted', new Date(Date.now() + days(3)));
  expect(await about(wu)).toEqual(['STAFF_DELETED_BY_CUSTOMER low open']);
  const end = async () => {
    const address = `${system.at.system.url}/api/v1/findings/exceptions/${id}`;
    const answer = await fetch(address, { method: 'DELETE', headers: { connection: 'close', ...officer.headers } });
    return { status: answer.status, body: (await answer.json()) as { state: string; code: string } };
  };
  expect((await end()).body.state).toBe('over');
  expect((await end()).body.code).toBe('FINDING_EXCEPTION_OVER');
  await tell(wu, 'missing', soon(5));
  expect(await about(wu)).toHaveLength(2);
  const acts = await system.at.db.query<{ action: string }>(
    'SELECT action FROM audit_event WHERE target = ? ORDER BY id',
    [`finding_exception:${id}`],
  );
  expect(acts.map(({ action }) => action)).toEqual(['finding.exception_made', 'finding.exception_ended']);
});

test('VIO-2.2-17 at most a year, about somebody, and never about oneself or who stands above', async () => {
  expect((await ask(officer, { userid: 'Wu', expires_at: inDays(367) })).body.code).toBe('FINDING_EXPIRY');
  expect((await ask(officer, { userid: 'Wu', expires_at: inDays(-1) })).body.code).toBe('FINDING_EXPIRY');
  expect((await ask(officer, {})).status).toBe(422);
  const concerned = await desk.officer('Sun', 'Sun');
  for (const userid of ['Sun', 'Zhao']) {
    expect((await ask(concerned, { userid })).body.code).toBe('FINDING_NOT_YOURS');
  }
  // Nor by asking for the approval straight away, nor by deciding on their own.
  const payload = { userid: 'Sun', reason: '我自己的号', expires_at: inDays(3) };
  const body = { action: 'finding.except', payload, reason: 'because' };
  const asked = await desk.call(concerned, 'approvals', body);
  await desk.call(second, `approvals/${asked.body.id}/decide`, { decision: 'approve' });
  expect((await desk.call(concerned, `approvals/${asked.body.id}/execute`, {})).body.code).toBe('FINDING_NOT_YOURS');
  const other = await desk.call(officer, 'approvals', body);
  const decided = await desk.call(concerned, `approvals/${other.body.id}/decide`, { decision: 'approve' });
  expect(decided.body.code).toBe('APPROVAL_NOT_YOURS');
  await desk.call(second, `approvals/${other.body.id}/decide`, { decision: 'approve' });
  await desk.call(officer, `approvals/${other.body.id}/execute`, {});
  expect((await list(officer)).map(({ userid }: { userid: string }) => userid)).toContain('Sun');
  expect((await list(concerned)).map(({ userid }: { userid: string }) => userid)).not.toContain('Sun');
});
