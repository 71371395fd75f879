import { type Condition, isIn, never } from '../../../db/conditions';
import { type Database, toDateOrNull } from '../../../db/database';
import { isAllowed, type Viewer } from '../../../http/permissions';
import type { ScopeService } from '../../kernel/scope';
import type { Handover } from './handovers.entity';
import { handoverError } from './handovers.errors';
import type { NewHandover } from './handovers.schema';
import type { Giver } from './handovers.store';
import type { NewItem } from './item-rows';
import { moversOf, type NamedMover } from './movers.report';
import { type Choice, plan, type Rule } from './planning';
import { type KnownSuccessor, placesOf, successorsOf } from './successors.report';
import {
  assertNone,
  cannotTakeOver,
  faultsByHand,
  faultsOfExtent,
  faultsOfFinding,
  faultsOfTakers,
  isAnybodyToTake,
  unknownUserids,
} from './wishes.report';

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
  'from_userids' | 'external_contacts' | 'group_chats' | 'successors' | 'departments' | 'rule' | 'finding_id'
>;

/** Of a plan that is there already, or is the other way round of one: nobody named what is in it. */
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
  const assertAll = (path: string, wanted: readonly string[], found: readonly { userid: string }[]): void =>
    assertNone(unknownUserids(path, wanted, found));

  /** Of the viewer's line, and of nobody they may not judge. */
  async function findingsOf(viewer: Viewer): Promise<Condition[]> {
    if (!isAllowed(viewer, 'findings:read')) return [never];
    const within = (await scopes.of(viewer)).userid('f.userid');
    const [barred, ...userids] = isIn('f.userid', await scopes.barred(viewer));
    return [...(within ? [within] : []), [`(f.userid IS NULL OR NOT ${barred})`, ...userids]];
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

    /** @throws http.validation for whoever WeCom accepts in no case */
    assertCanTakeOver: (path: string, people: readonly KnownSuccessor[]): void =>
      assertNone(cannotTakeOver(path, people)),

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
      assertNone(await faultsOfTakers(db, body));
      assertNone(await faultsOfFinding(db, body.finding_id, await findingsOf(viewer)));
      if (!isAnybodyToTake(givers, successors)) throw handoverError('nobody_to_take');
      const beside = await besideOf(known?.keepers ?? [], successors);
      const held = await moversOf(db, givers, { ...body, withFindings: isAllowed(viewer, 'findings:read') });
      if (!known) assertNone([...faultsOfExtent(body, held), ...faultsByHand(body.rule.by_hand, held, successors)]);
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
      const candidates = [...successors, ...beside.map((one) => ({ ...one, only_by_hand: true as const }))];
      const rule = { ...body.rule, by_hand: spelt(body.rule.by_hand, candidates) };
      return { givers, successors, beside, movers, choices: plan(movers, candidates, rule, context) };
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

/** Userids as WeCom spells them: whoever types one may write it otherwise. */
function spelt(byHand: Rule['by_hand'], people: readonly { userid: string }[]): Rule['by_hand'] {
  const spellings = new Map(people.map(({ userid }) => [userid.toLowerCase(), userid]));
  return Object.fromEntries(
    Object.entries(byHand).map(([id, userid]) => [id, spellings.get(userid.toLowerCase()) ?? userid]),
  );
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
