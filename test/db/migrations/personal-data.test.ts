import type { Database } from '../../../src/db/database';
import { PersonalData1763769601700 } from '../../../src/db/migrations/1763769601700-personal-data';
import { openTestDatabase } from '../../support/database';

let db: Database;
let close: () => Promise<void>;
beforeEach(async () => {
  ({ db, close } = await openTestDatabase([]));
});
afterEach(() => close());

const at = new Date('2026-03-02T08:00:00.000Z');
const history = (detail: object) =>
  db.execute(
    'INSERT INTO relation_history (relation_id, kind, source, occurred_at, recorded_at, detail) VALUES (?, ?, ?, ?, ?, ?)',
    ['r1', 'edited', 'event', at, at, JSON.stringify(detail)],
  );

test('S15 what version 0.1 told of changes in plain text is masked, the rest stays, and the guard stands again', async () => {
  await history({ remark: ['a', 'b'], remark_mobiles: ['["13800138000"]', '[]'], description: ['met', ''] });
  await history({ remark: ['c', 'd'] });
  await db.execute(
    'INSERT INTO difference (run_id, kind, subject, state, detail, found_at) VALUES (?, ?, ?, ?, ?, ?)',
    [...['run', 'staff_changed', 'x', 'applied', '{"extra":[null,"{\\"mobile\\":\\"13800138000\\"}"]}'], at],
  );
  const runner = db.source.createQueryRunner();
  await new PersonalData1763769601700().up(runner);
  await new PersonalData1763769601700().up(runner);
  await runner.release();
  const told = await db.query<{ detail: string }>('SELECT detail FROM relation_history ORDER BY id');
  expect(told.map(({ detail }) => JSON.parse(detail))).toEqual([
    { remark: ['a', 'b'], remark_mobiles: ['***', '***'], description: ['***', '***'] },
    { remark: ['c', 'd'] },
  ]);
  expect(await db.query('SELECT detail FROM difference')).toEqual([{ detail: '{"extra":["***","***"]}' }]);
  await expect(db.execute('UPDATE relation_history SET detail = NULL')).rejects.toThrow(/insert-only/);
});
