import { groupBy } from '../../../core/collections';
import { inChunks } from '../../../db/bulk';
import { isIn } from '../../../db/conditions';
import { type Database, toDateOrNull } from '../../../db/database';
import { isoOrNull } from '../../../http/schema';
import { adviceOf } from './advice';
import type { Drafted } from './drafting';
import { type Handover, type ItemKind, type ItemState, itemStates } from './handovers.entity';
import type { HandoverSummary } from './handovers.schema';
import { isInPlan } from './item-rows';
import { loadsOf } from './successors.report';

interface Row {
  kind: ItemKind;
  state: ItemState;
  to_userid: string | null;
  to_name: string | null;
  to_staff_id: string | null;
  errcode: number | null;
  warnings: string;
  n: number;
}

type Successors = { userid: string; capacity: number | null }[];

interface Taker {
  id: string;
  userid: string;
  name: string | null;
  load: number;
}

/** What a handover amounts to, in a handful of questions however many items it has. */
export async function summaryOf(db: Database, { id, successors }: Handover): Promise<HandoverSummary> {
  const rows = await db.query<Row>(
    `SELECT i.kind, i.state, i.to_staff_id, t.userid AS to_userid, t.name AS to_name, i.errcode, i.warnings,
       COUNT(*) AS n FROM handover_item i LEFT JOIN staff t ON t.id = i.to_staff_id
     JOIN handover h ON h.id = i.handover_id
     WHERE i.handover_id = ? AND ${isInPlan[0]} GROUP BY i.kind, i.state, i.to_staff_id, t.userid, t.name, i.errcode, i.warnings`,
    [id],
  );
  const counted = rows.map((row) => ({
    ...row,
    n: Number(row.n),
    errcode: row.errcode === null ? null : Number(row.errcode),
  }));
  const wanted: Successors = JSON.parse(successors);
  const [calls] = await db.query<{ n: unknown }>('SELECT COUNT(*) AS n FROM handover_call WHERE handover_id = ?', [id]);
  const [next] = await db.query<{ at: unknown }>(
    "SELECT MIN(ask_at) AS at FROM handover_item WHERE handover_id = ? AND state = 'waiting'",
    [id],
  );
  const staff = await takersOf(db, counted, wanted);
  return {
    ...totalsOf(counted),
    by_successor: bySuccessor(counted, wanted, staff),
    calls: Number(calls?.n ?? 0),
    next_ask_at: isoOrNull(toDateOrNull(next?.at ?? null)),
  };
}

/** Those who get something, and those who were to choose from, with how many external contacts they serve. */
async function takersOf(db: Database, rows: readonly Row[], wanted: Successors): Promise<Taker[]> {
  const userids = [
    ...new Set([...rows.flatMap(({ to_userid }) => to_userid ?? []), ...wanted.map((one) => one.userid)]),
  ];
  const staff = await inChunks(userids, (chunk) => {
    const [sql, ...params] = isIn('userid', chunk);
    return db.query<Omit<Taker, 'load'>>(`SELECT id, userid, name FROM staff WHERE ${sql}`, params);
  });
  const loads = await loadsOf(
    db,
    staff.map(({ id }) => id),
  );
  return staff.map((one) => ({ ...one, load: loads.get(one.id) ?? 0 }));
}

export function summaryOfDraft({ choices, successors, beside }: Drafted): HandoverSummary {
  const takers = [...successors, ...beside];
  const known = new Map(takers.map((one) => [one.userid, one]));
  const rows = choices.map(({ mover, to, warnings }): Row => {
    const successor = to === null ? undefined : known.get(to);
    return {
      ...{ kind: mover.kind, state: 'planned', errcode: null, warnings: JSON.stringify(warnings), n: 1 },
      ...{ to_userid: to, to_name: successor?.name ?? null, to_staff_id: successor?.id ?? null },
    };
  });
  return { ...totalsOf(rows), by_successor: bySuccessor(rows, successors, takers), calls: 0, next_ask_at: null };
}

const sum = (rows: readonly { n: number }[]): number => rows.reduce((total, { n }) => total + n, 0);

/** Every state with how many there are in it. */
export function countOfStates(rows: readonly { state: ItemState; n: number }[]): Record<ItemState, number> {
  const counts = Object.fromEntries(itemStates.map((state) => [state, 0])) as Record<ItemState, number>;
  for (const { state, n } of rows) counts[state] += n;
  return counts;
}

function totalsOf(rows: Row[]): Omit<HandoverSummary, 'by_successor' | 'calls' | 'next_ask_at'> {
  const warned = rows.flatMap((row) => (JSON.parse(row.warnings) as string[]).map((code) => ({ ...row, code })));
  const failed = rows.filter(({ state, errcode }) => state === 'failed' && errcode !== null);
  const errcodes = [...groupBy(failed, ({ errcode }) => errcode ?? 0)];
  return {
    total: sum(rows),
    external_contacts: sum(rows.filter(({ kind }) => kind === 'external_contact')),
    group_chats: sum(rows.filter(({ kind }) => kind === 'group_chat')),
    by_state: countOfStates(rows),
    by_errcode: errcodes
      .map(([errcode, all]) => ({
        ...{ errcode, count: sum(all) },
        advice: adviceOf({ state: 'failed', errcode, reason: null }) ?? 'look_in_wecom',
      }))
      .sort((a, b) => b.count - a.count),
    by_warning: Object.fromEntries([...groupBy(warned, ({ code }) => code)].map(([code, all]) => [code, sum(all)])),
    without_successor: sum(rows.filter(({ to_staff_id }) => to_staff_id === null)),
  };
}

function bySuccessor(rows: Row[], wanted: Successors, takers: readonly Taker[]) {
  const capacities = new Map(wanted.map(({ userid, capacity }) => [userid, capacity]));
  const groups = groupBy(rows, ({ to_userid }) => to_userid ?? '');
  return takers
    .map(({ userid, name, load }) => {
      const all = groups.get(userid) ?? [];
      return {
        ...{ userid, name, load, capacity: capacities.get(userid) ?? null },
        external_contacts: sum(all.filter(({ kind }) => kind === 'external_contact')),
        group_chats: sum(all.filter(({ kind }) => kind === 'group_chat')),
        taken_over: sum(all.filter(({ state }) => state === 'taken_over')),
      };
    })
    .sort((a, b) => b.external_contacts - a.external_contacts || (a.userid < b.userid ? -1 : 1));
}
