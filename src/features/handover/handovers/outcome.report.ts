import { groupBy } from '../../../core/collections';
import { inChunks } from '../../../db/bulk';
import { allOf, type Condition, isIn } from '../../../db/conditions';
import { type Database, toDate, toDateOrNull } from '../../../db/database';
import { isAllowed, type Viewer } from '../../../http/permissions';
import { isoOrNull } from '../../../http/schema';
import type { ScopeService } from '../../kernel/scope';
import type { ItemState } from './handovers.entity';
import type { HandoverViews } from './handovers.views';
import type { OutcomeView } from './outcome.schema';
import { type Followed, figuresOf, watchMs } from './outcome-figures';

interface Deps {
  db: Database;
  scopes: ScopeService;
  views: Pick<HandoverViews, 'seen'>;
}

interface Row {
  id: unknown;
  kind: string;
  state: ItemState;
  from_staff_id: string;
  to_staff_id: string | null;
  since: unknown;
}

type Item = Followed & { from: string; to: string | null; refusers: ReadonlySet<string> };
/** Of an item: by our id, the successor whom the customer refused. */
interface Refusal {
  item_id: unknown;
  by: string;
}

type Fact = Followed['facts'][number];

/** What a handover came to afterwards: who refused, who was lost, and how soon the successors wrote. */
export function createOutcomes({ db, scopes, views }: Deps) {
  async function leakFindings(handoverId: string, viewer: Viewer): Promise<number | null> {
    if (!isAllowed(viewer, 'findings:read')) return null;
    const within = (await scopes.of(viewer)).userid('f.userid');
    const [barred, ...userids] = isIn('f.userid', await scopes.barred(viewer));
    const conditions: Condition[] = [
      ["i.handover_id = ? AND i.kind = 'external_contact'", handoverId],
      ["f.detector = 'DEPARTURE_LEAK' AND k.state <> 'cleared'"],
      ...(within ? [within] : []),
      [`NOT (${barred})`, ...userids],
    ];
    const { where, params } = allOf(conditions);
    const [row] = await db.query<{ n: unknown }>(
      `SELECT COUNT(DISTINCT f.id) AS n FROM handover_item i JOIN staff s ON s.id = i.from_staff_id
       JOIN finding f ON f.external_userid = i.subject_id AND f.userid = s.userid
       JOIN finding_case k ON k.finding_id = f.id WHERE ${where}`,
      params,
    );
    return Number(row?.n ?? 0);
  }

  return {
    /** @throws handover.not_found */
    async of(id: string, viewer: Viewer): Promise<OutcomeView> {
      await views.seen(id, viewer);
      const rows = await rowsOf(db, id);
      const contacts = await followed(
        db,
        id,
        rows.filter(({ kind }) => kind === 'external_contact'),
      );
      const groups = figuresOf(rows.filter(({ kind }) => kind === 'group_chat').map(unfollowed));
      const names = await namesOf(db, contacts);
      const last = contacts.reduce((latest, item) => Math.max(latest, item.since?.getTime() ?? 0), 0);
      const { total, taken_over, failed, cancelled, open } = groups;
      return {
        external_contacts: figuresOf(contacts),
        by_successor: bySuccessor(contacts, names),
        by_giver: byPerson(
          groupBy(contacts, ({ from }) => from),
          names,
        ),
        group_chats: { total, taken_over, failed, cancelled, open },
        watched_until: isoOrNull(last === 0 ? null : new Date(last + watchMs)),
        leak_findings: await leakFindings(id, viewer),
        revenue: { before: null, after: null },
      };
    },
  };
}

/** When it took effect. WeCom's time may be the one it had planned; by when it told, it was so. */
const since = `CASE WHEN i.takeover_at IS NULL OR i.takeover_at > i.settled_at
  THEN i.settled_at ELSE i.takeover_at END`;

const rowsOf = (db: Database, id: string): Promise<Row[]> =>
  db.query<Row>(
    `SELECT i.id, i.kind, i.state, i.from_staff_id, i.to_staff_id, ${since} AS since
     FROM handover_item i WHERE i.handover_id = ? ORDER BY i.id`,
    [id],
  );

const unfollowed = (row: Row): Item => ({
  ...{ state: row.state, from: row.from_staff_id, to: row.to_staff_id, refused: false, refusers: new Set() },
  ...{ since: row.state === 'taken_over' ? toDateOrNull(row.since) : null, facts: [], written: null },
});

async function followed(db: Database, id: string, rows: readonly Row[]): Promise<Item[]> {
  const refusals = await refusalsOf(db, id);
  const facts = await factsOf(db, id);
  const written = await firstMessages(db, id);
  return rows.map((row) => {
    const refusers = new Set(refusals.get(Number(row.id))?.map(({ by }) => by));
    return {
      ...unfollowed(row),
      ...{ refused: refusers.size > 0, refusers },
      ...{ facts: facts.get(Number(row.id)) ?? [], written: written.get(Number(row.id)) ?? null },
    };
  });
}

/** Whom each of the customers refused: the state tells only of the last, and not of who accepted a second choice. */
async function refusalsOf(db: Database, id: string): Promise<Map<number, Refusal[]>> {
  const rows = await db.query<{ item_id: unknown; kind: string; to_staff_id: string; detail: string | null }>(
    `SELECT p.item_id, p.kind, p.to_staff_id, p.detail FROM handover_item i JOIN handover_step p ON p.item_id = i.id
     WHERE i.handover_id = ? AND p.kind IN ('refused', 'second_candidate')`,
    [id],
  );
  const steps = rows.map((row) => ({ ...row, detail: JSON.parse(row.detail ?? '{}') }));
  const second = steps.filter(({ kind, detail }) => kind === 'second_candidate' && detail.after === 'refused');
  const staff = await staffWith(db, 'userid', [...new Set(second.map(({ detail }) => String(detail.from)))]);
  const idOf = new Map(staff.map((one) => [one.userid, one.id]));
  const refusals = [
    ...steps.filter(({ kind }) => kind === 'refused').map(({ item_id, to_staff_id: by }) => ({ item_id, by })),
    ...second.flatMap(({ item_id, detail }) => {
      const by = idOf.get(detail.from);
      return by === undefined ? [] : [{ item_id, by }];
    }),
  ];
  return groupBy(refusals, ({ item_id }) => Number(item_id));
}

/** What happened between the successors and those they took over, since. */
async function factsOf(db: Database, id: string): Promise<Map<number, Fact[]>> {
  const rows = await db.query<{ id: unknown; kind: string; at: unknown }>(
    `SELECT i.id, h.kind, h.occurred_at AS at FROM handover_item i
     JOIN relation r ON r.staff_id = i.to_staff_id AND r.external_userid = i.subject_id
     JOIN relation_history h ON h.relation_id = r.id AND h.occurred_at >= ${since}
     WHERE i.handover_id = ? AND i.kind = 'external_contact' AND i.state = 'taken_over'
       AND h.kind IN ('external_deleted', 'staff_deleted', 'missing', 'added', 'half_added', 'reappeared')
     ORDER BY h.occurred_at, h.id`,
    [id],
  );
  const facts = rows.map(({ id: item, kind, at }) => ({ item: Number(item), kind, at: toDate(at) }));
  return groupBy(facts, ({ item }) => item);
}

async function firstMessages(db: Database, id: string): Promise<Map<number, Date>> {
  const rows = await db.query<{ id: unknown; at: unknown }>(
    `SELECT i.id, MIN(m.sent_at) AS at FROM handover_item i JOIN staff t ON t.id = i.to_staff_id
     JOIN archive_participant p ON p.person = i.subject_id
     JOIN archive_conversation c ON c.id = p.conversation_id AND c.kind = 'single' AND c.userid = t.userid
     JOIN archive_message m ON m.conversation_id = c.id AND m.sender = t.userid AND m.action = 'send'
       AND m.sent_at >= ${since}
     WHERE i.handover_id = ? AND i.kind = 'external_contact' AND i.state = 'taken_over' GROUP BY i.id`,
    [id],
  );
  return new Map(rows.map(({ id: item, at }) => [Number(item), toDate(at)]));
}

type Names = ReadonlyMap<string, { userid: string; name: string | null }>;

async function namesOf(db: Database, items: readonly Item[]): Promise<Names> {
  const ids = items.flatMap(({ from, to, refusers }) => [from, ...(to ? [to] : []), ...refusers]);
  return new Map((await staffWith(db, 'id', [...new Set(ids)])).map((row) => [row.id, row]));
}

const staffWith = (db: Database, column: 'id' | 'userid', values: string[]) =>
  inChunks(values, (chunk) => {
    const [among, ...params] = isIn(column, chunk);
    return db.query<{ id: string; userid: string; name: string | null }>(
      `SELECT id, userid, name FROM staff WHERE ${among}`,
      params,
    );
  });

/** Of each the customers that are or were to be theirs; of one they lost to a second choice only the refusal counts. */
function bySuccessor(items: readonly Item[], names: Names) {
  const theirs = items.flatMap((item) => [
    ...(item.to === null ? [] : [{ ...item, to: item.to, refused: item.refusers.has(item.to) }]),
    ...[...item.refusers]
      .filter((refused) => refused !== item.to)
      .map((to) => ({ ...item, to, state: 'refused' as const, facts: [], written: null })),
  ]);
  return byPerson(
    groupBy(theirs, ({ to }) => to),
    names,
  );
}

const byPerson = (groups: ReadonlyMap<string, readonly Followed[]>, names: Names): OutcomeView['by_giver'] =>
  [...groups]
    .map(([id, items]) => ({
      ...{ userid: names.get(id)?.userid ?? id, name: names.get(id)?.name ?? null },
      ...figuresOf(items),
    }))
    .sort((a, b) => b.total - a.total || (a.userid < b.userid ? -1 : 1));
