import { createServer, type Server } from 'node:http';
import request from 'supertest';
import { hours, minutes } from '../../../../src/core/clock';
import { insertRows } from '../../../../src/db/bulk';
import { createApprovalService } from '../../../../src/features/kernel/approvals';
import { aPerson } from '../../../support/people';
import { aViewer } from '../../../support/viewers';
import { serve } from '../support';
import { type Office, openOffice } from './support';

let at: Office;
let server: Server;
beforeEach(async () => {
  at = await openOffice();
  server = createServer(serve(at)).listen(0);
});
afterEach(async () => {
  await new Promise((done) => server.close(done));
  await at.close();
});

const notYours = (bar: string) => ({ code: 'approval.not_yours', status: 403, details: { bar } });
const approve = { decision: 'approve' } as const;

describe('PLT-16 S12 A9 a second person', () => {
  test('somebody else approves, the requester carries out what was frozen, once, and all of it is audited', async () => {
    const { id, digest } = await at.ask(7);
    await at.approvals.decide(id, { ...approve, reason: 'seen' }, at.by(at.other));
    expect(await at.approvals.execute(id, at.by(at.asker))).toEqual({ n: 7 });
    await expect(at.approvals.execute(id, at.by(at.asker))).rejects.toMatchObject({ code: 'approval.closed' });
    expect(at.done).toEqual([7]);
    expect(await at.trail()).toEqual(['approval.requested ok', 'approval.approved ok', 'approval.used ok']);
    const rows = (await at.audit.list({ limit: 50, target: `approval:${id}` })).items;
    const both = { requested_by: at.asker.id, decided_by: at.other.id, digest };
    expect(rows[1]?.detail).toMatchObject({ ...both, decision_reason: 'seen' });
    expect(rows[0]?.detail).toMatchObject(both);
  });

  test('nobody decides what they asked for, by whatever account or program; the attempt is recorded', async () => {
    const now = at.clock.now();
    const columns = ['id', 'userid', 'userid_key', 'name', 'status', 'direct_leaders', 'created_at', 'updated_at'];
    await insertRows(at.db, { table: 'staff', columns }, [['s1', 'Li', 'li', '李', 'active', '[]', now, now]]);
    const of = (name: string) => aPerson(at, { roles: ['compliance_officer'], name, userid: 'Li' });
    const [first, second] = [await of('李一'), await of('李二')];
    at.clock.advance(minutes(1));
    const { id } = await at.ask(1, first);
    const decide = (who: Parameters<typeof at.by>[0]) => at.approvals.decide(id, approve, at.by(who));
    await expect(decide(first)).rejects.toMatchObject(notYours('requester'));
    await expect(decide(second)).rejects.toMatchObject(notYours('same_staff'));
    await expect(decide({ viewer: aViewer(['compliance_officer']) })).rejects.toMatchObject(notYours('token'));
    const refused = ['requester', 'same_staff', 'token'].map((bar) => `approval.decided refused ${bar}`);
    expect((await at.trail()).slice(1)).toEqual(refused);
    expect((await decide(at.other)).state).toBe('approved');
  });

  test('an account that was made after the request decides nothing, and neither does who has no such right', async () => {
    const { id } = await at.ask();
    const late = await at.officer('丙');
    await expect(at.approvals.decide(id, approve, at.by(late))).rejects.toMatchObject(notYours('too_new'));
    const guard = await aPerson(at, { roles: ['security_admin'] });
    await expect(at.approvals.decide(id, approve, at.by(guard))).rejects.toMatchObject({ code: 'approval.unknown' });
    await expect(at.approvals.get(id, guard.viewer)).rejects.toMatchObject({ code: 'approval.unknown' });
  });

  test('after 24 hours nothing goes on, whether or not the sweep came by', async () => {
    const [open, approved] = [await at.ask(1), await at.ask(2)];
    await at.approvals.decide(approved.id, approve, at.by(at.other));
    at.clock.advance(hours(24));
    const closed = { code: 'approval.closed' };
    await expect(at.approvals.decide(open.id, approve, at.by(at.other))).rejects.toMatchObject(closed);
    await expect(at.approvals.execute(approved.id, at.by(at.asker))).rejects.toMatchObject(closed);
    await at.approvals.expire();
    await at.approvals.expire();
    expect((await at.trail()).filter((row) => row.startsWith('approval.expired'))).toHaveLength(2);
    expect(at.done).toEqual([]);
  });

  test('what was changed in the database after the approval is not carried out', async () => {
    const { id } = await at.ask(1);
    await at.approvals.decide(id, approve, at.by(at.other));
    await at.db.execute('UPDATE approval SET payload = ? WHERE id = ?', ['{"n":1000}', id]);
    await expect(at.approvals.execute(id, at.by(at.asker))).rejects.toMatchObject({ code: 'approval.changed' });
    expect(at.done).toEqual([]);
  });

  test('an act that fails leaves the approval unused; an audit row that cannot be written stops the act', async () => {
    const { id } = await at.ask(1);
    await at.approvals.decide(id, approve, at.by(at.other));
    const fails = { ...at.counted, execute: () => Promise.reject(new Error('broken')) };
    at.approvals.define(fails);
    await expect(at.approvals.execute(id, at.by(at.asker))).rejects.toThrow('broken');
    at.approvals.define(at.counted);
    await at.db.query('ALTER TABLE audit_event RENAME TO audit_away');
    await expect(at.approvals.execute(id, at.by(at.asker))).rejects.toThrow('audit_event');
    await at.db.query('ALTER TABLE audit_away RENAME TO audit_event');
    expect(at.done).toEqual([]);
    expect(await at.approvals.execute(id, at.by(at.asker))).toEqual({ n: 1 });
  });

  test('ten processes that carry out one approval at once do it once; of two decisions one counts', async () => {
    const services = { ...at, accounts: at.access.accounts };
    const processes = Array.from({ length: 10 }, () => {
      const one = createApprovalService(services);
      one.define(at.counted);
      return one;
    });
    const third = await at.officer('丁');
    at.clock.advance(1000);
    const { id } = await at.ask(3);
    const decisions = [
      processes[0]?.decide(id, approve, at.by(at.other)),
      processes[1]?.decide(id, { decision: 'refuse' }, at.by(third)),
    ];
    const outcomes = (await Promise.allSettled(decisions)).map(({ status }) => status).sort();
    expect(outcomes).toEqual(['fulfilled', 'rejected']);
    const second = await at.ask(4);
    await at.approvals.decide(second.id, approve, at.by(at.other));
    const uses = await Promise.allSettled(processes.map((one) => one.execute(second.id, at.by(at.asker))));
    expect(uses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [row] = await at.db.query<{ n: unknown }>(
      "SELECT COUNT(*) AS n FROM audit_event WHERE action = 'approval.used'",
    );
    expect(Number(row?.n)).toBe(1);
  });

  test('who lost the right to ask carries nothing out', async () => {
    const { id } = await at.ask(1);
    await at.approvals.decide(id, approve, at.by(at.other));
    const demoted = { viewer: { ...aViewer(['sales']), kind: 'account' as const, id: at.asker.id } };
    await expect(at.approvals.execute(id, at.by(demoted))).rejects.toMatchObject({ code: 'http.forbidden' });
  });
});

describe('S12 giving a duty that somebody else holds', () => {
  const body = { name: '王', roles: ['compliance_officer'] };
  const send = (who: { headers: Record<string, string> }, path: string, sent: object = {}) =>
    request(server).post(path).set(who.headers).send(sent);

  test('over the wire: refused, asked for, approved by another, carried out; the link is shown to the requester', async () => {
    const guard = await aPerson(at, { roles: ['security_admin'] });
    const alone = await send(guard, '/users', body);
    expect([alone.status, alone.body.code]).toEqual([409, 'APPROVAL_REQUIRED']);
    expect(alone.body.details).toEqual({ action: 'user.create', payload: body });
    at.clock.advance(1000);
    const asked = await send(guard, '/approvals', { ...alone.body.details, reason: '新的合规专员' });
    expect([asked.status, asked.body.state, asked.body.mine]).toEqual([201, 'pending', true]);
    const path = `/approvals/${asked.body.id}`;
    expect((await send(guard, `${path}/execute`)).body.code).toBe('APPROVAL_NOT_APPROVED');
    expect((await send(guard, `${path}/decide`, approve)).body.code).toBe('APPROVAL_NOT_YOURS');
    const waiting = await request(server).get('/approvals?view=waiting').set(at.other.headers);
    expect(waiting.body.items).toMatchObject([{ id: asked.body.id, may_decide: true, payload: body }]);
    expect((await send(at.other, `${path}/decide`, approve)).body.state).toBe('approved');
    const made = await send(guard, `${path}/execute`);
    expect(made.body.result).toMatchObject({ name: '王', sign_in_path: expect.stringMatching(/^\/sign-in#token=/) });
    expect((await send(guard, `${path}/execute`)).body.code).toBe('APPROVAL_CLOSED');
    expect((await request(server).get('/approvals?view=decided').set(at.other.headers)).body.items).toHaveLength(1);
  });

  test('deciding asks for a fresh second factor, and is not for tokens', async () => {
    const { id } = await at.ask();
    at.clock.advance(minutes(5));
    const stale = await send(at.other, `/approvals/${id}/decide`, approve);
    expect([stale.status, stale.body.code]).toEqual([403, 'SECOND_FACTOR_MISSING']);
    const { token } = await at.access.issueToken({ name: 'x', roles: ['compliance_officer'] });
    const bearer = { headers: { authorization: `Bearer ${token}` } };
    expect((await send(bearer, `/approvals/${id}/decide`, approve)).body.code).toBe('STEP_UP_REQUIRED');
    expect((await send(bearer, `/approvals/${id}/withdraw`)).body.code).toBe('APPROVAL_UNKNOWN');
  });

  test('who gets the duty does not decide; the first holder is named by one person alone', async () => {
    const guard = await aPerson(at, { roles: ['security_admin'] });
    const seller = await aPerson(at, { roles: ['sales'] });
    at.clock.advance(1000);
    const first = await at.users.changeRoles(seller.id, { roles: ['system_admin'] }, guard.viewer);
    expect(first.roles).toEqual(['system_admin']);
    const second = at.users.create({ name: 'x', roles: ['system_admin'] }, guard.viewer);
    await expect(second).rejects.toMatchObject({ code: 'approval.required' });
    const ask = { action: 'user.change_roles', payload: { id: at.other.id, roles: ['security_admin'] }, reason: 'x' };
    const asked = await at.approvals.ask(ask, at.by(guard));
    const gains = at.approvals.decide(asked.id, approve, at.by(at.other));
    await expect(gains).rejects.toMatchObject(notYours('gains'));
    await at.approvals.decide(asked.id, approve, at.by(at.asker));
    await at.approvals.execute(asked.id, at.by(guard));
    const changed = (await at.users.list()).find(({ id }) => id === at.other.id);
    expect(changed?.roles).toEqual(['security_admin']);
  });

  test('a token with a duty that somebody holds needs it, too; other roles do not', async () => {
    const guard = await aPerson(at, { roles: ['security_admin'] });
    const token = at.users.issueToken({ name: 'x', roles: ['compliance_officer'] }, guard.viewer);
    await expect(token).rejects.toMatchObject({ code: 'approval.required' });
    expect((await at.users.issueToken({ name: 'x', roles: ['sales'] }, guard.viewer)).token).toMatch(/^scrm_/);
  });
});

describe('S12 S18 taking the audit trail away', () => {
  const start = (who: { headers: Record<string, string> }, reason = 'yearly review') =>
    request(server).post('/audit-exports').set(who.headers).send({ reason });

  async function manyEvents(): Promise<void> {
    const now = at.clock.now();
    const columns = ['at', 'actor', 'action', 'target', 'result'];
    const rows = Array.from({ length: 1001 }, (_, n) => [now, 'host', 'test.done', `test:${n}`, 'ok']);
    await insertRows(at.db, { table: 'audit_event', columns }, rows);
  }

  test('a few events: one officer, the file is theirs alone, for 24 hours, and holds its own record', async () => {
    const permitted = await start(at.asker);
    expect(permitted.status).toBe(201);
    const file = permitted.body.file.replace('/api/v1', '');
    expect((await request(server).get(file).set(at.other.headers)).body.code).toBe('AUDIT_UNKNOWN_EXPORT');
    const got = await request(server).get(file).set(at.asker.headers);
    expect(got.headers['content-disposition']).toMatch(/^attachment; filename="audit-.*\.jsonl"$/);
    const lines = got.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect([lines[0].kind, lines.at(-1).kind]).toEqual(['export', 'end']);
    expect(got.text).toContain('audit.exported');
    at.clock.advance(hours(24));
    const other = await at.again(at.asker.id);
    expect((await request(server).get(file).set(other.headers)).status).toBe(404);
  });

  test('more than 1,000: a second officer agrees first', async () => {
    await manyEvents();
    const alone = await start(at.asker);
    expect([alone.status, alone.body.code]).toEqual([409, 'APPROVAL_REQUIRED']);
    const asked = await at.approvals.ask({ ...alone.body.details, reason: 'yearly review' }, at.by(at.asker));
    await at.approvals.decide(asked.id, approve, at.by(at.other));
    const done = await request(server).post(`/approvals/${asked.id}/execute`).set(at.asker.headers).send({});
    expect(done.body.result).toMatchObject({ reason: 'yearly review', file: expect.stringContaining('/file') });
    expect((await request(server).get('/audit-exports').set(at.asker.headers)).body.items).toHaveLength(1);
  });
});
