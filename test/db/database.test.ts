import { insertRows } from '../../src/db/bulk';
import type { Database } from '../../src/db/database';
import { openTestDatabase } from '../support/database';

let db: Database;
let close: () => Promise<void>;
beforeEach(async () => {
  ({ db, close } = await openTestDatabase([]));
});
afterEach(() => close());

const keys = { table: 'data_key', columns: ['version', 'wrapped', 'created_at'] };
const wrapped = async () =>
  (await db.query<{ wrapped: string }>('SELECT wrapped FROM data_key ORDER BY version')).map((r) => r.wrapped);

describe('Database.transact', () => {
  test('a neighbour that rolls back takes nothing of mine with it', async () => {
    const failing = db.transact(async () => {
      await insertRows(db, keys, [[1, 'lost', new Date()]]);
      await new Promise((resolve) => setTimeout(resolve, 20));
      throw new Error('roll back');
    });
    const mine = db.transact(() => insertRows(db, keys, [[2, 'kept', new Date()]]));
    await expect(failing).rejects.toThrow('roll back');
    await mine;
    expect(await wrapped()).toEqual(['kept']);
  });

  test('a nested call joins the open transaction', async () => {
    const work = db.transact(async () => {
      await db.transact(() => insertRows(db, keys, [[1, 'inner', new Date()]]));
      throw new Error('outer fails');
    });
    await expect(work).rejects.toThrow('outer fails');
    expect(await wrapped()).toEqual([]);
  });
});

test('I2 on SQLite an urgent transaction goes before all that waits', async () => {
  if (db.dialect !== 'sqlite') return expect(db.dialect).toBe('mysql');
  const order: string[] = [];
  const say = (name: string) => async () => void order.push(name);
  await Promise.all([
    db.transact(say('first')),
    db.transact(say('waiting')),
    db.transact(say('urgent'), { urgent: true }),
  ]);
  expect(order).toEqual(['first', 'urgent', 'waiting']);
});

describe('insertRows', () => {
  test('leaves or updates the old row as asked, on both dialects', async () => {
    const at = new Date();
    await insertRows(db, keys, [[1, 'a', at]]);
    await insertRows(db, { ...keys, onConflict: { keys: ['version'] } }, [
      [1, 'b', at],
      [2, 'c', at],
    ]);
    expect(await wrapped()).toEqual(['a', 'c']);
    await insertRows(db, { ...keys, onConflict: { keys: ['version'], update: ['wrapped'] } }, [[1, 'd', at]]);
    expect(await wrapped()).toEqual(['d', 'c']);
  });

  test('writes more rows than one statement holds', async () => {
    const rows = Array.from({ length: 1234 }, (_, i) => [i, `k${i}`, new Date()]);
    expect(await insertRows(db, keys, rows)).toBe(1234);
    expect(await wrapped()).toHaveLength(1234);
  });
});
