import type { Database } from '../../../../src/db/database';
import { guardInsertOnly } from '../../../../src/db/migration-dsl';
import { openAccess } from '../support';

/** Tables that an attacker with the database may write to once the triggers are gone. */
export const guarded = ['audit_event', 'evidence_link', 'evidence_checkpoint'];

export async function dropTriggers(db: Database): Promise<void> {
  const runner = db.source.createQueryRunner();
  for (const table of guarded) {
    for (const verb of ['update', 'delete']) await runner.query(`DROP TRIGGER TRG_${table}_no_${verb}`);
  }
  await runner.release();
}

/** The database may serve another test: its guards stand again. */
async function putTriggersBack(db: Database): Promise<void> {
  const runner = db.source.createQueryRunner();
  for (const table of guarded) await guardInsertOnly(runner, table);
  await runner.release();
}

/** A sealed trail of `rows` events, without triggers. */
export async function sealedTrail(rows: number) {
  const services = await openAccess();
  await record(services, rows);
  await services.evidence.seal();
  await dropTriggers(services.db);
  return {
    ...services,
    async close() {
      await putTriggersBack(services.db);
      await services.close();
    },
  };
}

export type Trail = Awaited<ReturnType<typeof sealedTrail>>;

export async function record({ db, audit }: Pick<Trail, 'db' | 'audit'>, rows: number): Promise<void> {
  await db.transact(async () => {
    for (let i = 1; i <= rows; i++)
      await audit.record({ ...kindOf(i), actor: `account:${i % 7}`, target: `thing:${i}` });
  });
}

/** With and without what may be left out. */
const kinds = [
  { action: 'thing.done', result: 'refused', reason: 'because', address: '10.0.0.7' },
  { action: 'thing.seen', result: 'ok', detail: { pages: 2 } },
  { action: 'thing.left', result: 'failed', reason: 'it did not work' },
] as const;
const kindOf = (i: number) => kinds[i % 3] ?? kinds[0];

/** Numbers as by chance, the same every time. */
export function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}
