import { systemClock } from '../../../../src/core/clock';
import { AppError } from '../../../../src/core/errors';
import { insertRows } from '../../../../src/db/bulk';
import type { Database } from '../../../../src/db/database';
import { conversationsFeature } from '../../../../src/features/archive/conversations';
import { createHolds } from '../../../../src/features/archive/holds';
import { expired, idsWhere, withoutHeld, yearsBefore } from '../../../../src/features/archive/retention/due.report';
import { createPurger } from '../../../../src/features/archive/retention/purger';
import { ArchivePurge, type RetentionRule } from '../../../../src/features/archive/retention/retention.entity';
import { jobEntities } from '../../../../src/jobs';
import { openTestDatabase } from '../../../support/database';
import { testVault } from '../../kernel/support';
import { outsider, say } from '../said';

let db: Database;
let close: () => Promise<void>;
const asOf = new Date('2026-06-01T00:00:00.000Z');
const staff = ['li', 'mo', 'wu'];
const silent = { append: async () => undefined, record: async () => undefined, names: async () => new Map() };
const never = { define: () => undefined, required: () => new AppError('test.never', 500, 'never') };

/** The same numbers in every run. */
function dice(seed: number) {
  let state = seed;
  const roll = (sides: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
  return { roll, one: <T>(of: readonly T[]): T => of[roll(of.length)] as T, maybe: () => roll(2) === 0 };
}

interface Message {
  id: number;
  userid: string;
  external: string;
  group: boolean;
  sentAt: Date;
}
let messages: Message[] = [];

beforeAll(async () => {
  const entities = [...conversationsFeature.entities, ArchivePurge, ...jobEntities];
  ({ db, close } = await openTestDatabase(entities, systemClock));
  const now = systemClock.now();
  const columns = ['id', 'userid', 'userid_key', 'status', 'direct_leaders', 'created_at', 'updated_at'];
  await insertRows(
    db,
    { table: 'staff', columns },
    staff.map((id) => [id, id, id, 'active', '[]', now, now]),
  );
  const tree = [1, 2, 3].map((id) => [id, `d${id}`, id === 1 ? null : 1, 1, '[]', now]);
  const departments = ['id', 'name', 'parent_id', 'sort', 'leaders', 'updated_at'];
  await insertRows(db, { table: 'department', columns: departments }, tree);
  const places = { table: 'staff_department', columns: ['staff_id', 'department_id', 'is_leader'] };
  await insertRows(db, places, [
    ['li', 2, false],
    ['mo', 3, false],
    ['wu', 1, false],
  ]);
  const { roll, one, maybe } = dice(7);
  const said = Array.from({ length: 120 }, (_, i) => {
    const [userid, external, group] = [one(staff), outsider(roll(4)), maybe()];
    const sentAt = new Date(Date.UTC(2017 + roll(9), roll(12), 1 + roll(28), roll(24)));
    return { id: i + 1, userid, external, group, sentAt };
  });
  await say(
    { db, vault: testVault(), evidence: silent },
    said.map(({ userid, external, group, sentAt }) => ({
      ...{ from: userid, to: [external], at: sentAt },
      ...(group ? { roomid: `wr-${userid}-${external}` } : {}),
    })),
  );
  messages = said;
});
afterAll(() => close());

type Draft = Pick<RetentionRule, 'years' | 'department_id' | 'kind'>;
interface HoldDraft {
  userid: string | null;
  external_userid: string | null;
  from_at: Date | null;
  to_at: Date | null;
}

const departmentsOf: Record<string, number[]> = { li: [2, 1], mo: [3, 1], wu: [1] };

/** What the rules mean, in plain words of another language than SQL. */
function shouldGo(message: Message, rules: Draft[], holds: HoldDraft[]): boolean {
  const speaking = rules.filter(
    ({ department_id, kind }) =>
      (department_id === null || (departmentsOf[message.userid] ?? []).includes(Number(department_id))) &&
      (kind === null || (kind === 'group') === message.group),
  );
  const longest = Math.max(0, ...speaking.map(({ years }) => years));
  const isHeld = holds.some(
    ({ userid, external_userid, from_at, to_at }) =>
      (userid === null || userid === message.userid) &&
      (external_userid === null || external_userid === message.external) &&
      (from_at === null || message.sentAt >= from_at) &&
      (to_at === null || message.sentAt < to_at),
  );
  return speaking.length > 0 && message.sentAt < yearsBefore(asOf, longest) && !isHeld;
}

function draw(seed: number): { rules: RetentionRule[]; holds: HoldDraft[] } {
  const { roll, one, maybe } = dice(seed);
  const rules = Array.from({ length: roll(4) }, (_, i) => ({
    ...{ id: `r${i}`, name: 'n', ground: 'g', years: 1 + roll(8), department_id: maybe() ? null : 1 + roll(3) },
    ...{ kind: one([null, 'single', 'group'] as const), type: null, active: true, version: 1 },
    ...{ created_at: asOf, updated_at: asOf },
  }));
  const holds = Array.from({ length: roll(4) }, () => ({
    ...{ userid: maybe() ? one(staff) : null, external_userid: maybe() ? outsider(roll(4)) : null },
    from_at: maybe() ? new Date(Date.UTC(2017 + roll(9), 0)) : null,
    to_at: new Date(Date.UTC(2018 + roll(9), 0)),
  }));
  return { rules, holds };
}

const addHolds = (holds: HoldDraft[]) => {
  const rows = holds.map((hold, i) => ({
    ...{ id: `h${i}`, name: 'n', matter: 'm', reason: 'r', ...hold, created_by: 'host', created_at: asOf },
  }));
  const columns = Object.keys(rows[0] ?? {});
  return insertRows(
    db,
    { table: 'archive_hold', columns },
    rows.map((row) => Object.values(row)),
  );
};

test.each(Array.from({ length: 60 }, (_, seed) => [seed]))(
  'A7 A8 S17 holds × retention, world %i: exactly what should go goes, and what went has no text left',
  async (seed) => {
    const { rules, holds: drafts } = draw(seed * 7919 + 1);
    const expectedIds = messages.filter((one) => shouldGo(one, rules, drafts)).map(({ id }) => id);
    const holds = createHolds({ db, audit: silent, approvals: never });
    const purger = createPurger({
      db,
      audit: silent,
      evidence: silent,
      holds,
      traces: { unindex: async () => undefined, release: async () => undefined },
    });
    const undo = new Error('the next world begins as this one did');
    const world = db.transact(async () => {
      await addHolds(drafts);
      const due = async () => withoutHeld(await expired(db, rules, asOf), await holds.held('m'));
      const order = { cause: 'retention', ground: 'test', askedBy: 'host', approvedBy: null, runId: null } as const;
      const { ids } = await purger.purge(async () => idsWhere(db, await due(), { after: 0, limit: 500 }), order);
      expect(ids).toEqual(expectedIds);
      const bodies = await db.query<{ id: unknown }>('SELECT id FROM archive_body ORDER BY id');
      const gone = new Set(expectedIds);
      expect(bodies.map(({ id }) => Number(id))).toEqual(messages.map(({ id }) => id).filter((id) => !gone.has(id)));
      // A key is destroyed when, and only when, nothing under it is left.
      const keys = await db.query<{ destroyed: unknown; used: unknown }>(
        `SELECT CASE WHEN k.sealed IS NULL THEN 1 ELSE 0 END AS destroyed,
           (SELECT COUNT(*) FROM archive_body b WHERE b.key_id = k.id) AS used FROM archive_body_key k`,
      );
      expect(keys.filter(({ destroyed, used }) => (Number(destroyed) === 1) !== (Number(used) === 0))).toEqual([]);
      throw undo;
    });
    await expect(world).rejects.toBe(undo);
  },
);

test('A7 the worlds above are not all alike', () => {
  const sizes = Array.from({ length: 60 }, (_, seed) => {
    const { rules, holds } = draw(seed * 7919 + 1);
    return messages.filter((one) => shouldGo(one, rules, holds)).length;
  });
  expect(new Set(sizes).size).toBeGreaterThan(10);
  expect(sizes.filter((size) => size > 0 && size < messages.length).length).toBeGreaterThan(20);
});
