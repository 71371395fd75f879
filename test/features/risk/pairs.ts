import type { FactKind } from '../../../src/features/relations/external-contacts/facts';
import type { Json, SystemAtTest } from '../../support/system';

export interface Pair {
  userid: string;
  external_userid: string;
}

type At = { readonly at: SystemAtTest };

/** Active pairs of a synced company, each for one test, and what was found about them. */
export function pairsOf(system: At) {
  const used = new Set<string>();

  /** One that no test has had yet; of somebody in particular, or of the busiest whom no test has had. */
  function take(userid?: string): Pair {
    const { world } = system.at.sandbox;
    const size = (row: Pair): number => world.findStaff(row.userid)?.relations.size ?? 0;
    const rows = system.at.sandbox
      .truth()
      .relations.filter((row) => row.listed && !row.external_deleted)
      .sort((a, b) => size(b) - size(a));
    const found = rows.find((row) => (userid ? row.userid === userid : !used.has(row.userid)) && isFree(row));
    if (!found) throw new Error('no pair is left');
    used.add(found.userid).add(`${found.userid} ${found.external_userid}`);
    return { userid: found.userid, external_userid: found.external_userid };
  }
  const isFree = ({ userid, external_userid }: Pair): boolean => !used.has(`${userid} ${external_userid}`);

  return {
    take,

    /** Facts of a pair, as events tell them. */
    async tell(pair: Pair, kind: FactKind, at: Date, more: { source?: 'own_write' | 'sync'; detail?: object } = {}) {
      const { db, system: running } = system.at;
      const { store, presence } = running.services.externalContacts;
      const { source = 'event' as const, detail } = more;
      await db.transact(async () => {
        const ids = await running.services.staff.resolve([pair.userid]);
        const relation = await presence.ensure(ids.get(pair.userid) ?? '', pair.external_userid, at);
        await presence.record(relation, [{ kind, occurred_at: at, ...(detail ? { detail } : {}) }], {
          ...{ source, ref: 'e1', at },
        });
        if (!(await store.pair(relation.staff_id, pair.external_userid))) throw new Error('it was not stored');
      });
    },

    found: (query: string): Promise<Json[]> => system.at.api.all(`findings?${query}`),

    /** What was found about a pair, newest first: detector, severity, state. */
    async about({ userid, external_userid }: Pair): Promise<string[]> {
      const rows = await system.at.api.all(`findings?userid=${userid}&external_userid=${external_userid}`);
      return rows.map(({ detector, severity, state }) => [detector, severity, state].join(' '));
    },
  };
}

/** Whole seconds, as events have them. */
export const secondsAgo = (n: number): Date => new Date((Math.floor(Date.now() / 1000) - n) * 1000);
