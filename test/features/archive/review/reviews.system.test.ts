import { createReviewStore } from '../../../../src/features/archive/review/review.store';
import { createWordQueue } from '../../../../src/features/archive/review/word-queue';
import type { Person } from '../../../support/people';
import { type Json, useSystem } from '../../../support/system';
import { type Desk, openDesk } from '../desk';
import { outsider } from '../said';

const system = useSystem({ staff: 1, externalContacts: 1, groupChats: 0, leavers: 0 });
let desk: Desk;
let [anna, bo]: Person[] = [];
let ids: number[] = [];
let chat = '';

beforeAll(async () => {
  desk = await openDesk(system.at);
  [anna, bo] = [await desk.officer('Anna'), await desk.officer('Bo')];
  const day = (d: number) => `2026-03-0${d}T02:00:00.000Z`;
  ids = await desk.say([
    { from: 'Chen', to: [outsider(1)], at: day(2), text: 'one' },
    { from: outsider(1), to: ['Chen'], at: day(3), text: 'two' },
    { from: 'Chen', to: [outsider(1)], at: day(4), text: 'three' },
    { from: 'Sun', to: [outsider(2)], at: day(4), text: 'four' },
  ]);
  const [row] = await system.at.db.query<{ id: string }>(
    "SELECT conversation_id AS id FROM archive_message WHERE sender = 'Chen' LIMIT 1",
  );
  chat = row?.id ?? '';
});

const call = (who: Person | undefined, path: string, body?: object) => desk.call(who as Person, path, body);
const added = async (n: number, who = anna): Promise<string> =>
  (await call(who, 'archive/reviews', { message_id: String(ids[n]), reason: 'looks odd' })).body.id;
const act = (who: Person | undefined, id: string, name: string, body: object = {}) =>
  call(who, `archive/reviews/${id}/${name}`, body);

test('A14 an item is claimed by one, decided with a forced reason, and every step is evidence in the chain', async () => {
  const id = await added(0);
  expect((await act(bo, id, 'decide', { outcome: 'clean' })).body.code).toBe('REVIEW_WRONG_STATE');
  const claims = await Promise.all([act(anna, id, 'claim'), act(bo, id, 'claim')]);
  expect(claims.map(({ status }) => status).sort()).toEqual([200, 409]);
  const [owner, other] = claims[0]?.status === 200 ? [anna, bo] : [bo, anna];
  expect((await act(other, id, 'decide', { outcome: 'violation', comment: 'x' })).body.code).toBe('REVIEW_NOT_YOURS');
  expect((await act(owner, id, 'decide', { outcome: 'violation' })).body.code).toBe('REVIEW_COMMENT_NEEDED');
  const decided = await act(owner, id, 'decide', { outcome: 'violation', comment: 'private pay', tags: ['pay'] });
  expect(decided.body).toMatchObject({ state: 'violation', tags: ['pay'], decided_by: { name: expect.any(String) } });
  expect((await act(owner, id, 'claim')).body.code).toBe('REVIEW_WRONG_STATE');
  const { steps } = (await call(bo, `archive/reviews/${id}`)).body;
  expect(steps.map((step: Json) => [step.act, step.state, step.comment])).toEqual([
    ['added', 'unreviewed', 'looks odd'],
    ['claimed', 'claimed', null],
    ['decided', 'violation', 'private pay'],
    ['opened', 'violation', null],
  ]);
  const { db, system: running } = system.at;
  await expect(db.execute("UPDATE archive_review_step SET comment = 'x'")).rejects.toThrow('insert-only');
  await running.services.evidence.seal({ sign: true });
  expect(await running.services.evidence.verify()).toMatchObject({ ok: true });
  const [sealed] = await db.query<{ n: unknown }>(
    "SELECT COUNT(*) AS n FROM evidence_link WHERE stream = 'archive_review'",
  );
  expect(Number(sealed?.n)).toBeGreaterThanOrEqual(4);
});

test('A14 A11 the message comes with its context, once what was shown is written down', async () => {
  const id = await added(1);
  const { body } = await call(bo, `archive/reviews/${id}?context=10`);
  expect(body.messages.map(({ text }: Json) => text)).toEqual(['one', 'two', 'three']);
  expect(body.steps.at(-1)).toMatchObject({ act: 'opened', by: { name: 'Bo' }, shown: ids.slice(0, 3).map(String) });
  const { services } = system.at.system;
  const read = (await services.audit.list({ limit: 1, action: 'archive.read' })).items[0];
  expect(read).toMatchObject({ target: `conversation:${chat}`, actor: `account:${bo?.id}` });
  const record = jest.spyOn(services.evidence, 'append').mockRejectedValue(new Error('disk full'));
  expect((await call(bo, `archive/reviews/${id}`)).status).toBe(500);
  record.mockRestore();
});

test('A14 who is concerned, and who stands below them, never see an item', async () => {
  const id = await added(0);
  const [chen, zhao, wang] = [
    await desk.officer('Chen', 'Chen'),
    await desk.officer('Zhao', 'Zhao'),
    await desk.officer('Wang', 'Wang'),
  ];
  const sees = async (who: Person) =>
    (await call(who, 'archive/reviews?limit=200')).body.items.some((item: Json) => item.id === id);
  expect([await sees(chen), await sees(zhao), await sees(wang)]).toEqual([false, true, true]);
  expect((await call(chen, `archive/reviews/${id}`)).status).toBe(404);
  expect((await act(chen, id, 'claim')).status).toBe(404);
  const [ofZhao] = await desk.say([{ from: 'Zhao', to: [outsider(3)], at: '2026-03-05T02:00:00.000Z' }]);
  const { body } = await call(anna, 'archive/reviews', { message_id: String(ofZhao), reason: 'superior' });
  expect([(await act(chen, body.id, 'claim')).status, (await act(wang, body.id, 'claim')).status]).toEqual([404, 200]);
});

test('A14 release gives back, escalation goes to somebody else, a conversation can be put up as a whole', async () => {
  const id: string = (await call(anna, 'archive/reviews', { conversation_id: chat, reason: 'whole' })).body.id;
  await act(anna, id, 'claim');
  expect((await act(anna, id, 'release')).body).toMatchObject({ state: 'unreviewed', assignee: null });
  await act(anna, id, 'claim');
  expect((await act(anna, id, 'escalate', {})).status).toBe(422);
  expect((await act(anna, id, 'escalate', { comment: 'needs the law' })).body.state).toBe('escalated');
  expect((await act(anna, id, 'claim')).body.code).toBe('REVIEW_SECOND_PERSON');
  expect((await act(bo, id, 'claim')).status).toBe(200);
  expect((await act(bo, id, 'release')).body.state).toBe('escalated');
  await act(bo, id, 'claim');
  expect((await act(bo, id, 'decide', { outcome: 'question', comment: 'ask Chen' })).body.state).toBe('question');
  expect((await call(bo, `archive/reviews/${id}`)).body.message_id).toBe(String(ids[2]));
  const manual = (await call(anna, 'archive/reviews?queue=manual&state=question')).body.items;
  expect(manual.map((item: Json) => item.id)).toEqual([id]);
});

test('A14 some of what was found clean is looked at again, by somebody else', async () => {
  const { db } = system.at;
  const seconds = () =>
    db.query<{ id: string; rechecks: string }>("SELECT * FROM archive_review WHERE queue = 'second_line'");
  for (let n = 0; n < 60 && (await seconds()).length === 0; n++) {
    const id = await added(3);
    await act(anna, id, 'claim');
    expect((await act(anna, id, 'decide', { outcome: 'clean' })).body.state).toBe('clean');
  }
  const [second] = await seconds();
  expect((await act(anna, second?.id ?? '', 'claim')).body.code).toBe('REVIEW_SECOND_PERSON');
  await act(bo, second?.id ?? '', 'claim');
  await act(bo, second?.id ?? '', 'decide', { outcome: 'violation', comment: 'missed' });
  expect(await seconds()).toHaveLength(1);
});

test('A14 A20 coverage: of whom how much was looked at, by whom, with what outcome, how soon', async () => {
  const { body } = await call(anna, 'archive/coverage?from=2026-03-01&to=2026-03-04');
  const [chen, sun] = body.items;
  expect(chen).toMatchObject({
    userid: 'Chen',
    messages: 2,
    reviewed: 2,
    outcomes: { violation: 1, question: 1 },
    late: 0,
  });
  expect(sun).toMatchObject({ userid: 'Sun', messages: 1, reviewed: 1, outcomes: { violation: 1 } });
  expect(sun.reviewers.map(({ name }: Json) => name).sort()).toEqual(['Anna', 'Bo']);
  expect(sun.median_hours).toBeGreaterThanOrEqual(0);
  expect(body.second_line).toEqual({ looked_at: 1, differed: 1 });
  expect((await call(anna, 'archive/coverage?from=2026-03-05&to=2026-03-04')).status).toBe(400);
});

test('A14 a message with a word of a list is queued once, however many words it holds', async () => {
  const { services } = system.at.system;
  const found = [1, 2, 3].map((id) => ({ id, message_id: ids[id === 3 ? 3 : 0] ?? 0, list_id: `list ${id}` }));
  const hits = { found: async (after: number, limit: number) => found.filter(({ id }) => id > after).slice(0, limit) };
  const { db } = system.at;
  const take = createWordQueue({ db, hits, store: createReviewStore({ db, evidence: services.evidence }) });
  expect([await take(), await take()]).toEqual([2, 0]);
  found.push({ id: 4, message_id: ids[0] ?? 0, list_id: 'list 4' }, { id: 5, message_id: ids[2] ?? 0, list_id: 'x' });
  expect(await take()).toBe(1);
  expect((await call(anna, 'archive/reviews?queue=words')).body.items).toHaveLength(3);
});

test('S9 S11 only compliance officers come here', async () => {
  const { services } = system.at.system;
  for (const role of ['system_admin', 'security_admin', 'auditor', 'sales_manager']) {
    const { token } = await services.access.issueToken({ name: role, roles: [role] });
    const answer = await fetch(`${system.at.system.url}/api/v1/archive/reviews`, {
      headers: { connection: 'close', authorization: `Bearer ${token}` },
    });
    expect([role, answer.status]).toEqual([role, 403]);
  }
});
