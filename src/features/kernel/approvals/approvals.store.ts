import type { Database, Value } from '../../../db/database';
import { placeholders } from '../../../db/database';
import { Approval } from './approvals.entity';
import { type Move, moves } from './rules';

/** What a move writes beside the state. */
type Written = Partial<Pick<Approval, 'decided_by' | 'decided_at' | 'decision_reason' | 'used_at'>>;

interface Found {
  requestedBy?: string;
  /** Only requests for these. */
  actions?: readonly string[];
  open?: { at: Date };
  closed?: { at: Date };
  before?: string | undefined;
  limit: number;
}

/** The rows of requests. A move is one conditional UPDATE: of two at the same time one happens. */
export function createApprovalStore(db: Database) {
  const rows = () => db.em.getRepository(Approval);
  return {
    add: (approval: Approval) => rows().insert(approval),
    find: (id: string) => rows().findOneBy({ id }),

    /** @returns false when the request does not stand where the move begins, or is over */
    async move(id: string, move: Move, now: Date, written: Written = {}): Promise<boolean> {
      const { from, to } = moves[move];
      const columns = Object.keys(written);
      const set = ['state', ...columns].map((column) => `${column} = ?`).join(', ');
      const sql = `UPDATE approval SET ${set} WHERE id = ? AND state IN (${placeholders(from.length)}) AND expires_at > ?`;
      const values = [to, ...(Object.values(written) as Value[]), id, ...from, now];
      return (await db.execute(sql, values)) === 1;
    },

    /** Of two that sweep at once one gets true. */
    expire: async (id: string, now: Date): Promise<boolean> => {
      const sql =
        "UPDATE approval SET state = 'expired' WHERE id = ? AND state IN ('pending', 'approved') AND expires_at <= ?";
      return (await db.execute(sql, [id, now])) === 1;
    },

    overdue: (now: Date): Promise<{ id: string }[]> =>
      db.query("SELECT id FROM approval WHERE state IN ('pending', 'approved') AND expires_at <= ? LIMIT 200", [now]),

    /** Newest first. */
    async list({ requestedBy, actions, open, closed, before, limit }: Found): Promise<Approval[]> {
      const query = rows().createQueryBuilder('a').orderBy('a.id', 'DESC').take(limit);
      if (requestedBy !== undefined) query.andWhere('a.requested_by = :requestedBy', { requestedBy });
      if (actions !== undefined) query.andWhere('a.action IN (:...actions)', { actions: ['', ...actions] });
      if (open) query.andWhere("a.state = 'pending' AND a.expires_at > :now", { now: db.bind(open.at) });
      if (closed) {
        const over = "a.state IN ('pending', 'approved') AND a.expires_at <= :now";
        query.andWhere(`(a.state <> 'pending' OR (${over}))`, { now: db.bind(closed.at) });
      }
      if (before !== undefined) query.andWhere('a.id < :before', { before });
      return query.getMany();
    },
  };
}
