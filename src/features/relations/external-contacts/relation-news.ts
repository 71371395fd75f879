import { inChunks } from '../../../db/bulk';
import { type Database, placeholders } from '../../../db/database';
import type { DomainEvents, EventType } from '../../kernel/events';
import type { NewHistory } from './history';
import type { Origin } from './observation';

type RelationEvent = Extract<EventType, `relation.${string}`>;

const typeOf: Record<string, RelationEvent> = {
  half_added: 'relation.added',
  added: 'relation.added',
  staff_deleted: 'relation.deleted_by_staff',
  external_deleted: 'relation.deleted_by_external',
  transferred_out: 'relation.ended',
  unassigned: 'relation.ended',
  out_of_scope: 'relation.ended',
  missing: 'relation.ended',
};

interface Pair {
  id: string;
  userid: string;
  external_userid: string;
}

/** Tells others what was added to the history. The pairs are looked up only when somebody wants to know. */
export function createRelationNews({ db, events }: { db: Database; events: Pick<DomainEvents, 'wanted' | 'publish'> }) {
  const pairsOf = async (ids: string[]): Promise<Map<string, Pair>> => {
    const rows = await inChunks([...new Set(ids)], (chunk) =>
      db.query<Pair>(
        `SELECT r.id AS id, s.userid AS userid, r.external_userid AS external_userid
         FROM relation r JOIN staff s ON s.id = r.staff_id WHERE r.id IN (${placeholders(chunk.length)})`,
        chunk,
      ),
    );
    return new Map(rows.map((row) => [row.id, row]));
  };

  return async (entries: NewHistory[], { source }: Origin): Promise<void> => {
    const typed = entries.map((entry) => ({ entry, type: typeOf[entry.kind] ?? ('relation.changed' as const) }));
    const wanted = await events.wanted([...new Set(typed.map(({ type }) => type))]);
    const told = typed.filter(({ type }) => wanted.has(type));
    const pairs = await pairsOf(told.map(({ entry }) => entry.relation_id));
    await events.publish(
      told.flatMap(({ entry: { relation_id, kind, occurred_at }, type }) => {
        const pair = pairs.get(relation_id);
        if (!pair) return [];
        const { userid, external_userid } = pair;
        return [{ type, occurred_at, data: { relation_id, userid, external_userid, kind, source } }];
      }),
    );
  };
}
