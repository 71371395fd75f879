import { newId } from '../../../src/core/ids';
import type { Json, SystemAtTest } from '../../support/system';

type At = { readonly at: SystemAtTest };

interface Item {
  kind: 'external_contact' | 'group_chat';
  id: string;
  state: string;
  errcode?: number | undefined;
}

/** Leavers of a synced company, and what a handover has done about what they hold. */
export function leaversOf(system: At) {
  const taken = new Set<string>();
  const departuresOf = (userid: string): Promise<Json[]> => system.at.api.all(`departures?q=${userid}`);

  return {
    /** Somebody with customers, and with groups of their own where asked, whom no test has had yet. */
    take({ owner = false } = {}): string {
      const { world } = system.at.sandbox;
      const owned = (userid: string) => world.liveGroupChats().filter((chat) => chat.owner === userid).length;
      const found = world
        .followers()
        .sort((a, b) => b.relations.size - a.relations.size)
        .find(({ userid }) => !taken.has(userid) && (!owner || owned(userid) > 0));
      if (!found) throw new Error('nobody is left');
      taken.add(found.userid);
      return found.userid;
    },

    async leaves(userid: string): Promise<void> {
      system.at.sandbox.control.staffLeaves({ userid });
      await system.at.settled();
    },

    async sweep(): Promise<void> {
      const { queue } = system.at.system.services;
      await queue.add([{ kind: 'departures.sweep', lane: 'bulk', payload: {}, dedupeKey: 'departures.sweep' }]);
      await system.at.settled();
    },

    departuresOf,

    /** The only one. */
    async departureOf(userid: string): Promise<Json> {
      const rows = (await departuresOf(userid)).filter((row) => row.userid === userid);
      if (rows.length !== 1) throw new Error(`${rows.length} departures of ${userid}`);
      return rows[0] as Json;
    },

    leftoversOf: (userid: string, more = ''): Promise<Json[]> => system.at.api.all(`leftovers?userid=${userid}${more}`),

    /** An item of a handover, as it stands. */
    async item(userid: string, { kind, id, state, errcode }: Item) {
      const { db } = system.at;
      const [staff] = await db.query<{ id: string }>('SELECT id FROM staff WHERE userid = ?', [userid]);
      await db.execute(
        `INSERT INTO handover_item (handover_id, kind, subject_id, from_staff_id, because, warnings, state, errcode,
           pair_key, attempt, carry_tries, updated_at) VALUES (?, ?, ?, ?, '[]', '[]', ?, ?, ?, 0, 0, ?)`,
        [newId(), kind, id, staff?.id ?? '', state, errcode ?? null, `${userid}:${kind}:${id}`, db.now()],
      );
    },
  };
}
