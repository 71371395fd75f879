import type { Condition } from '../../../db/conditions';
import { type Database, toDateOrNull } from '../../../db/database';
import { httpError } from '../../../http/errors';
import { isAllowed, type Viewer } from '../../../http/permissions';
import type { ScopeService } from '../../kernel/scope';
import type { Handover } from './handovers.entity';
import { handoverError } from './handovers.errors';
import type { NewHandover } from './handovers.schema';
import type { Giver } from './handovers.store';
import type { NewItem } from './item-rows';
import { moversOf, type NamedMover } from './movers.report';
import { type Choice, plan } from './planning';
import { type KnownSuccessor, placesOf, successorsOf } from './successors.report';

/** A plan that nobody has stored yet. */
export interface Drafted {
  givers: Omit<Giver, 'handover_id'>[];
  successors: KnownSuccessor[];
  /** Who gets something by hand, and is none of the successors that the rule chooses from. */
  beside: KnownSuccessor[];
  /** One choice for each mover, in their order. */
  movers: NamedMover[];
  choices: Choice[];
}

/** Who gives what to whom, and how that is decided. */
export type Wish = Pick<
  NewHandover,
  'from_userids' | 'external_contacts' | 'group_chats' | 'successors' | 'departments' | 'rule'
>;

/** Of a plan that is there already. */
interface Known {
  /** Nothing else is planned. */
  isInIt(mover: NamedMover): boolean;
  /** Userids of those who keep what they were given, whether the rule may choose them or not. */
  keepers: readonly string[];
}

interface Deps {
  db: Database;
  scopes: ScopeService;
}

type Row = { id: string; userid: string; name: string | null; departed_at: unknown };

export type Drafting = ReturnType<typeof createDrafting>;

/** Reads who holds what and who may take it, and has the rules decide. Nothing is written. */
export function createDrafting({ db, scopes }: Deps) {
  /** Who the viewer may plan for: their line. */
  async function within(viewer: Viewer): Promise<Condition[]> {
    const condition = (await scopes.of(viewer)).staff('s.id');
    return condition ? [condition] : [];
  }

  /** @throws http.validation, which names those that are unknown to the viewer */
  function assertAll(path: string, wanted: readonly string[], found: readonly { userid: string }[]): void {
    const known = new Set(found.map(({ userid }) => userid.toLowerCase()));
    const unknown = wanted.filter((userid) => !known.has(userid.toLowerCase()));
    if (unknown.length === 0) return;
    throw httpError(
      'validation',
      unknown.map((userid) => ({ path, rule: 'unknown', message: `${userid} is not known` })),
    );
  }

  async function giversOf(userids: readonly string[], own: readonly Condition[]): Promise<Drafted['givers']> {
    const keys = [...new Set(userids.map((userid) => userid.toLowerCase()))];
    const conditions: Condition[] = [[`s.userid_key IN (${keys.map(() => '?').join(', ')})`, ...keys], ...own];
    const rows = await db.query<Row>(
      `SELECT s.id, s.userid, s.name, s.departed_at FROM staff s
       WHERE ${conditions.map(([sql]) => sql).join(' AND ')} ORDER BY s.userid`,
      conditions.flatMap(([, ...params]) => params),
    );
    assertAll('from_userids', userids, rows);
    return rows.map(({ id, userid, name, departed_at }) => ({
      ...{ staff_id: id, userid, name, departed_at: toDateOrNull(departed_at) },
    }));
  }

  /** Whoever may give to them by hand is asked when it is given, not again. */
  async function besideOf(userids: readonly string[], successors: readonly KnownSuccessor[]) {
    const known = new Set(successors.map(({ userid }) => userid));
    const others = [...new Set(userids)].filter((userid) => !known.has(userid));
    const wanted = others.map((userid) => ({ userid, capacity: null, takes: [] }));
    return successorsOf(db, { successors: wanted, departments: [] }, []);
  }

  return {
    within,
    assertAll,

    /** @throws http.validation, handover.nothing_to_hand_over, nobody_to_take */
    async draft(body: Wish, viewer: Viewer, known?: Known): Promise<Drafted> {
      const own = await within(viewer);
      const givers = await giversOf(body.from_userids, own);
      const successors = await successorsOf(db, body, own);
      assertAll(
        'successors',
        body.successors.map(({ userid }) => userid),
        successors,
      );
      if (successors.length === 0) throw handoverError('nobody_to_take');
      const beside = await besideOf(known?.keepers ?? [], successors);
      const held = await moversOf(db, givers, { ...body, withFindings: isAllowed(viewer, 'findings:read') });
      const movers = known ? held.filter(known.isInIt) : held;
      if (movers.length === 0) throw handoverError('nothing_to_hand_over');
      const places = await placesOf(
        db,
        givers.map(({ staff_id }) => staff_id),
      );
      const context = {
        now: db.now(),
        givers: new Map(
          givers.map(({ staff_id, userid, departed_at }) => [
            userid,
            { departed_at, departments: places.get(staff_id) ?? [] },
          ]),
        ),
      };
      // No rule gives them any more.
      const candidates = [...successors, ...beside.map((one) => ({ ...one, capacity: 0 }))];
      return { givers, successors, beside, movers, choices: plan(movers, candidates, body.rule, context) };
    },

    /** The rows of a plan. */
    itemsOf({ givers, successors, beside, choices }: Drafted): NewItem[] {
      const giverIds = new Map(givers.map(({ userid, staff_id }) => [userid, staff_id]));
      const ids = new Map([...successors, ...beside].map(({ userid, id }) => [userid, id]));
      const idOf = (userid: string | null) => (userid === null ? null : (ids.get(userid) ?? null));
      return choices.map(({ mover, to, second, because, warnings }) => ({
        ...{ kind: mover.kind, subject_id: mover.id, from_staff_id: giverIds.get(mover.from) ?? '' },
        ...{ to_staff_id: idOf(to), second_staff_id: idOf(second), because, warnings },
      }));
    },
  };
}

/** How it is decided who gets what, as a handover keeps it. */
export function wayOf(
  { successors, departments, rule: { distribution, prefer } }: Wish,
  drafted: Drafted,
): Pick<Handover, 'rule' | 'successors'> {
  const named = new Set(successors.map(({ userid }) => userid.toLowerCase()));
  return {
    rule: JSON.stringify({ distribution, prefer, departments }),
    successors: JSON.stringify(
      drafted.successors.map(({ userid, capacity, takes }) => ({
        ...{ userid, capacity, takes, named: named.has(userid.toLowerCase()) },
      })),
    ),
  };
}
