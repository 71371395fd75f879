import { type Page, pagingError, textIn, toPage } from '../../../core/paging';
import { type Condition, given } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import { iso, isoOrNull } from '../../../http/schema';
import type { LeftoverQuery, LeftoverSummary, LeftoverView } from './departures.schema';
import { type Found, type Gone, leftoverCounts, leftoversOf, listReadAt, whoLeft } from './leftovers.report';
import type { Subject, Subjects } from './subjects';

const kinds = ['external_contact', 'group_chat', 'subject'] as const;
type Kind = (typeof kinds)[number];

interface Deps {
  db: Pick<Database, 'query' | 'now'>;
  subjects: Pick<Subjects, 'of'>;
}

export type Leftovers = ReturnType<typeof createLeftovers>;

/** Everything that is still somebody's who left, each with why: what is not here is nobody's who left (WCM-07). */
export function createLeftovers({ db, subjects }: Deps) {
  async function subjectsLeft(conditions: readonly Condition[]): Promise<Found[]> {
    const found: Found[] = [];
    for (const gone of await whoLeft(db, conditions)) {
      for (const subject of await subjects.of(gone)) found.push(foundOf(gone, subject));
    }
    return found.sort((a, b) => (a.position < b.position ? -1 : 1));
  }

  async function some(kind: Kind, { conditions, query, after, limit }: Look): Promise<Found[]> {
    const { why } = query;
    if (kind !== 'subject') return leftoversOf(db, kind, { conditions, why, after, limit });
    const all = await subjectsLeft(conditions);
    return all.filter((one) => one.position > after && (why === undefined || one.why === why)).slice(0, limit);
  }

  return {
    /** External contacts, then group chats, then the rest. @throws paging.bad_cursor */
    async list(query: LeftoverQuery, visible: readonly Condition[]): Promise<Page<LeftoverView>> {
      const from = placeIn(query.cursor);
      const conditions = [...visible, ...given([['s.userid_key = ?', query.userid?.toLowerCase()]])];
      const found: Found[] = [];
      for (const kind of kindsFrom(from.kind, query)) {
        const after = kind === from.kind ? from.position : '';
        const limit = query.limit + 1 - found.length;
        if (limit > 0) found.push(...(await some(kind, { conditions, query, after, limit })));
      }
      return toPage(found, query.limit, placeOf, ({ position: _, ...view }) => view);
    },

    async summary(visible: readonly Condition[]): Promise<LeftoverSummary> {
      const left = await subjectsLeft(visible);
      const reasons = [...new Set(left.map(({ why }) => why))];
      const counts = [
        ...(await leftoverCounts(db, 'external_contact', visible)),
        ...(await leftoverCounts(db, 'group_chat', visible)),
        ...reasons.map((why) => ({
          kind: 'subject' as const,
          why,
          count: left.filter((one) => one.why === why).length,
        })),
      ];
      return {
        ...{ checked_at: iso(db.now()), list_read_at: isoOrNull(await listReadAt(db)) },
        ...{ leavers: (await whoLeft(db, visible)).length, counts },
        total: counts.reduce((sum, { count }) => sum + count, 0),
      };
    },
  };
}

interface Look {
  conditions: readonly Condition[];
  query: LeftoverQuery;
  after: string;
  limit: number;
}

const kindsFrom = (first: Kind, { kind }: LeftoverQuery): Kind[] =>
  kinds.slice(kinds.indexOf(first)).filter((one) => kind === undefined || one === kind);

const placeOf = ({ kind, position }: Found): [string] => [`${kind} ${position}`];

/** Without a cursor the beginning. @throws paging.bad_cursor */
function placeIn(cursor: string | undefined): { kind: Kind; position: string } {
  if (cursor === undefined) return { kind: kinds[0], position: '' };
  const place = textIn(cursor);
  const kind = kinds.find((one) => place.startsWith(`${one} `));
  if (!kind) throw pagingError('bad_cursor');
  return { kind, position: place.slice(kind.length + 1) };
}

const foundOf = (gone: Gone, { kind, id, title, link, movable }: Subject): Found => ({
  ...{ kind: 'subject', subject: kind, id, title, link, why: movable ? 'no_handover' : 'not_movable' },
  ...{ userid: gone.userid, staff_name: gone.name, departed_at: isoOrNull(gone.departed_at) },
  ...{ departure_id: gone.departure_id, handover_id: null, errcode: null },
  position: `${gone.id} ${kind} ${id}`,
});
