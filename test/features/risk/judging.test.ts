import { allEntities } from '../../../src/entities';
import { createJudging } from '../../../src/features/risk/detection/judging';
import { createDetectorRunStore } from '../../../src/features/risk/detection/runs.store';
import { createLeases } from '../../../src/jobs';
import { openTestDatabase } from '../../support/database';

test('WCM-03 F1 a detector that fails is told, without what is personal, and what it looked at is tried again', async () => {
  const { db, close } = await openTestDatabase(allEntities);
  await db.execute('INSERT INTO risk_rejudge (message_id) VALUES (1)');
  let isBroken = true;
  const judging = createJudging({
    ...{ db, leases: createLeases({ db }), runs: createDetectorRunStore(db) },
    queue: { add: async () => undefined },
    findings: { raise: async () => 0 },
    ground: { db, read: async () => [], securitySigns: async () => ({}) },
    detectors: [
      {
        codes: ['RECALL'],
        async judge() {
          if (isBroken) throw new Error('of no use: 13800138000');
          return { found: [] };
        },
      },
    ],
  });
  const judge = () => judging.handler().handle({ signal: new AbortController().signal } as never);
  const faults = () => db.query<{ fault: string | null }>('SELECT fault FROM detector_run ORDER BY id');
  await expect(judge()).rejects.toThrow('of no use');
  const [told] = await faults();
  expect(told?.fault).toContain('of no use');
  expect(told?.fault).not.toContain('13800138000');
  expect(await db.query('SELECT message_id FROM risk_rejudge')).toHaveLength(1);
  isBroken = false;
  await judge();
  expect((await faults()).map(({ fault }) => fault === null)).toEqual([false, true]);
  expect(await db.query('SELECT message_id FROM risk_rejudge')).toEqual([]);
  await close();
});
