import { sleep } from '../../src/core/clock';
import { aPerson } from '../support/people';
import { type Json, until, useSystem } from '../support/system';

const system = useSystem({ staff: 6, externalContacts: 300, groupChats: 2, leavers: 0, seed: 29 });
beforeAll(() => system.at.syncAll());

/** Asks without a pause until told to stop. @returns what was answered, by status */
function keepAsking(paths: string[], headers: Json): { answered(): number; stop(): Promise<Record<string, number>> } {
  const statuses: Record<string, number> = {};
  let isOver = false;
  const one = async (path: string) => {
    while (!isOver) {
      const { status } = await fetch(`${system.at.system.url}/api/v1/${path}`, { headers }).catch(() => ({
        status: 0,
      }));
      statuses[status] = (statuses[status] ?? 0) + 1;
      await sleep(5);
    }
  };
  const asking = Promise.all(paths.map(one));
  return {
    answered: () => Object.values(statuses).reduce((sum, n) => sum + n, 0),
    async stop() {
      isOver = true;
      await asking;
      return statuses;
    },
  };
}

/** People edit what they noted, until told to stop. */
function keepEditing(): { made(): number; stop(): Promise<void> } {
  const { sandbox } = system.at;
  let edits = 0;
  let isOver = false;
  const editing = (async () => {
    while (!isOver) {
      sandbox.clock.advance(1000);
      sandbox.control.editRelation({ description: `note ${edits}`, remark_mobiles: [`1390000${1000 + edits}`] });
      edits += 1;
      await sleep(60);
    }
  })();
  return {
    made: () => edits,
    async stop() {
      isOver = true;
      await editing;
    },
  };
}

test('O7 under load: no failed request, no lost callback, every row on the new version, the old key retired', async () => {
  const { at } = system;
  const { access, runs } = at.system.services;
  const { token } = await access.issueToken({ name: 'reads', roles: ['sales_manager'] });
  const headers = { connection: 'close', authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const person = await aPerson({ access, db: at.db }, { roles: ['security_admin'] });
  const call = async (method: string, path: string) => {
    const own = { connection: 'close', ...person.headers, 'content-type': 'application/json' };
    const answer = await fetch(`${at.system.url}/api/v1/${path}`, { method, headers: own });
    return { status: answer.status, body: (await answer.json()) as Json };
  };
  const load = keepAsking(
    ['external-contacts', 'relations?limit=200', 'external-contacts?mobile=13900001000'],
    headers,
  );
  const edits = keepEditing();
  const begun = (most: number) => edits.made() > most && load.answered() > most;
  await until('the load has begun', () => begun(0));
  for (const round of [2, 3]) {
    const started = await call('POST', 'key-rotations');
    expect(started.status).toBe(202);
    await until(
      'the rotation ends',
      async () => !['queued', 'running'].includes((await runs.get(started.body.id)).state),
    );
    expect((await call('GET', `key-rotations/${started.body.id}`)).body).toMatchObject({
      state: 'succeeded',
      result: { version: round, unreadable: 0 },
    });
  }
  // However fast the rotations were, the load was one.
  await until('there was a load', () => begun(8));
  await edits.stop();
  await at.settled();
  const statuses = await load.stop();
  expect(Object.keys(statuses)).toEqual(['200']);
  const [states] = [await at.db.query('SELECT state, COUNT(*) AS n FROM inbox_event GROUP BY state')];
  expect(states.map((row) => row.state)).toEqual(['done']);
  const rows = await at.db.query<{ v: string }>(
    'SELECT SUBSTR(personal, 1, 3) AS v FROM relation WHERE personal IS NOT NULL',
  );
  expect([...new Set(rows.map(({ v }) => v))]).toEqual(['v3.']);
  const { items } = (await call('GET', 'data-keys')).body;
  expect(items.map(({ version, state }: Json) => [version, state])).toEqual([
    [3, 'active'],
    [2, 'retired'],
    [1, 'retired'],
  ]);
}, 120_000);

test('O7 two rotations at once: the second is told of the first', async () => {
  const { runs, keys } = system.at.system.services;
  const by = { actor: 'host', by: 'test' };
  const { id } = await keys.rotate(by);
  await expect(keys.rotate(by)).rejects.toMatchObject({ code: 'run.in_progress', details: { id } });
  await until('it ends', async () => (await runs.get(id)).state === 'succeeded');
});
