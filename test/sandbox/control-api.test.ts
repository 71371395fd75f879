import { type Answer, smallCompany } from './support';

let sandbox: ReturnType<typeof smallCompany>;

beforeEach(async () => {
  sandbox = smallCompany({ controlApi: true });
  await sandbox.start();
});
afterEach(() => sandbox.stop());

const call = async (method: string, path: string, body?: object) => {
  const init = body ? { method, body: JSON.stringify(body) } : { method };
  const response = await fetch(`${sandbox.url}/sandbox/${path}`, init);
  return { status: response.status, body: (await response.json()) as Answer };
};

test('steers the company from another process', async () => {
  const { body } = await call('POST', 'ops/addRelation', { state: 'booth' });
  expect(body.ok).toBe(true);
  const truth = (await call('GET', 'truth')).body;
  expect(truth.relations).toContainEqual(expect.objectContaining({ ...body.result, state: 'booth' }));
  expect((await call('GET', 'ledger?since=0')).body.facts).toMatchObject([{ kind: 'relation_added', ...body.result }]);
});

test('says what cannot be done, and knows only the operations there are', async () => {
  const gone = await call('POST', 'ops/staffLeaves', { userid: 'nobody' });
  expect(gone.body).toEqual({ ok: false, fault: 'No serving staff member nobody' });
  expect((await call('POST', 'ops/constructor', {})).body.ok).toBe(false);
  expect((await call('GET', 'nothing')).status).toBe(404);
});

test('moves the clock, switches faults and lets life happen', async () => {
  const before = sandbox.clock.now().getTime();
  await call('POST', 'clock', { advance_ms: 60_000 });
  expect(sandbox.clock.now().getTime()).toBe(before + 60_000);
  await call('POST', 'faults', { busy: { count: 1 } });
  expect(sandbox.faults.strikes('busy', 'anything')).toBe(true);
  expect((await call('POST', 'steps', { count: 5 })).body.steps).toHaveLength(5);
  expect(sandbox.ledger.mark()).toBeGreaterThanOrEqual(5);
});

test('WCM-07 a leaver’s portfolio, who cannot take it over, and what came of it', async () => {
  const ops = async (name: string, given: object = {}) => (await call('POST', `ops/${name}`, given)).body.result;
  const [leaver, heir] = [await ops('hireStaff'), await ops('hireStaff')];
  const given = await ops('givePortfolio', { ...leaver, customers: 30, group_chats: 4 });
  expect([given.external_userids.length, given.chat_ids.length]).toEqual([30, 4]);
  expect(await ops('staffLeaves', leaver)).toMatchObject({ unassigned: 30 });
  await ops('setFitness', { ...heir, customer_cap: 29 });
  const order = { handover_userid: leaver.userid, takeover_userid: heir.userid };
  await ops('transferCustomers', { ...order, external_userids: given.external_userids });
  await call('POST', 'clock', { advance_ms: 86_400_000 });
  const { transfers, transfers_accepted, group_transfers } = (await call('GET', 'truth')).body;
  const ends = transfers.map(({ outcome }: Answer) => outcome).sort();
  expect(ends).toEqual(['customer_limit_exceed', ...Array.from({ length: 29 }, () => 'taken_over')]);
  expect(transfers_accepted).toHaveLength(30);
  expect(group_transfers).toEqual([]);
  expect((await call('GET', 'ledger')).body).toMatchObject({ calls: {}, answered: {}, struck: {} });
});

test('lets people talk, and tells what was said', async () => {
  const [userid, to_userid] = sandbox.truth().archive.seated;
  const words = { userid, to_userid, text: '下午开会', at: '2026-03-01T07:59:00.000Z' };
  const { result } = (await call('POST', 'ops/say', words)).body;
  expect(result).toMatchObject({ type: 'text', from: userid, to: [to_userid], left_out: null, at: words.at });
  expect((await call('POST', 'ops/sayMany', { count: 30 })).body.result.said).toBeGreaterThanOrEqual(30);
  const said = (await call('GET', 'said')).body;
  expect(said[0]).toEqual(result);
  expect(said).toHaveLength(sandbox.ledger.said.length);
  expect((await call('GET', `said?since=${said.length - 2}`)).body).toEqual(said.slice(-2));
  expect((await call('POST', 'ops/say', { userid: 'nobody', to_userid })).body.ok).toBe(false);
});

test('is not there unless asked for', async () => {
  await sandbox.stop();
  sandbox = smallCompany();
  await sandbox.start();
  expect((await call('GET', 'truth')).status).toBe(404);
});
