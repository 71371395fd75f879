import { hours, toUnix } from '../../src/core/clock';
import { type Database, toDate } from '../../src/db/database';
import type { Finding } from '../../src/features/risk/findings/finding.entity';
import type { Sandbox } from '../../src/sandbox';

type Fact = Sandbox['ledger']['facts'][number];
type Kind = Fact['kind'];

/** So many deletions in the company's short life are a burst. */
const burst = 5;

/** A finding, its members under the userids of today. */
interface Found {
  detector: string;
  level: Finding['evidence_level'];
  /** userid and external_userid */
  pair: string;
  userid: string;
  external: string;
  chat: string;
  /** When what it is about happened, by the end of its key, in seconds. */
  second: number;
  features: Record<string, unknown>;
}

/** What detectors say of the pretend company, and is not so; and what is so, and they do not say. */
export async function wrongFindings(db: Database, sandbox: Sandbox): Promise<string[]> {
  const truth = trueViolations(sandbox);
  const found = (await db.query<Finding>('SELECT * FROM finding')).map((row) => foundOf(row, truth.today));
  const of = (detector: string): Found[] => found.filter((one) => one.detector === detector);
  const told = of('CUSTOMER_DELETED_BY_STAFF').map(({ pair, second }) => `${pair} ${second}`);
  const readds = of('DELETE_READD').map(({ pair, second }) => `${pair} ${second}`);
  const by = (detector: string) => of(detector).map(({ userid }) => userid);
  return [
    ...unlike('CUSTOMER_DELETED_BY_STAFF', told, truth.deleted),
    ...unlike('STAFF_DELETED_BY_CUSTOMER', spelled(of('STAFF_DELETED_BY_CUSTOMER')), truth.left),
    ...unlike('GROUP_DISMISSED', dismissals(of('GROUP_DISMISSED'), 'OFFICIAL'), truth.dismissed),
    ...within(
      'GROUP_DISMISSED in silence',
      dismissals(of('GROUP_DISMISSED'), 'DERIVED').map((one) => one.slice(0, one.indexOf(' '))),
      truth.gone,
    ),
    ...unlike('GROUP_MEMBER_REMOVED', removals(of('GROUP_MEMBER_REMOVED')), truth.removed),
    ...within('GROUP_OWNER_CHANGED', owners(of('GROUP_OWNER_CHANGED')), truth.owners),
    ...within(
      'CUSTOMER_MISSING',
      of('CUSTOMER_MISSING').map(({ pair }) => pair),
      truth.missing,
    ),
    ...within('DELETE_READD', readds, truth.readds),
    ...within('MASS_DELETE', by('MASS_DELETE'), truth.mass),
    ...within('DEPARTURE_RISK', by('DEPARTURE_RISK'), truth.risks),
    ...within(
      'DEPARTURE_LEAK',
      of('DEPARTURE_LEAK').map(({ external }) => external),
      truth.leaks,
    ),
  ];
}

/** Which detectors found something. */
export async function detectorsIn(db: Database): Promise<string[]> {
  const rows = await db.query<{ detector: string }>('SELECT DISTINCT detector FROM finding ORDER BY detector');
  return rows.map(({ detector }) => detector);
}

function foundOf(row: Finding, today: (userid: string) => string): Found {
  const [userid, external] = [today(row.userid ?? ''), row.external_userid ?? ''];
  const last = Number(row.dedupe_key.split(':').at(-1));
  return {
    ...{
      detector: row.detector,
      level: row.evidence_level,
      userid,
      external,
      pair: `${userid} ${external}`,
      chat: row.chat_id ?? '',
    },
    second: Math.floor((Number.isFinite(last) && last > 1e12 ? last : toDate(row.occurred_at).getTime()) / 1000),
    features: JSON.parse(row.features),
  };
}

const dismissals = (found: readonly Found[], of: Found['level']): string[] =>
  found.flatMap(({ level, chat, second }) => (level === of ? [`${chat} ${second}`] : []));
const spelled = (found: readonly Found[]): string[] => found.map(({ pair, second }) => `${pair} ${second}`);
const removals = (found: readonly Found[]): string[] =>
  found.map(({ chat, external, features, second }) => `${chat} ${external || features.removed_userid} ${second}`);
const owners = (found: readonly Found[]): string[] => found.map(({ chat }) => chat);

/** What may be found, and the part of it that must be. */
interface Bounds {
  may: Iterable<string>;
  must: Iterable<string>;
}

const unlike = (what: string, found: readonly string[], truth: readonly string[]): string[] => [
  ...twice(found).map((one) => `${what} twice: ${one}`),
  ...within(what, found, { may: truth, must: truth }),
];

function within(what: string, found: readonly string[], { may, must }: Bounds): string[] {
  const [allowed, known] = [new Set(may), new Set(found)];
  return [
    ...found.filter((one) => !allowed.has(one)).map((one) => `${what} is not so: ${one}`),
    ...[...must].filter((one) => !known.has(one)).map((one) => `${what} was not found: ${one}`),
  ];
}

const twice = (all: readonly string[]): string[] => all.filter((one, n) => all.indexOf(one) !== n);

/** What really happened, as far as detectors should know. What WeCom told of must be found to the second. */
function trueViolations({ ledger, world }: Sandbox) {
  const { facts } = ledger;
  const today = useridsOfToday(facts);
  const ofKind = (...kinds: Kind[]): Fact[] => facts.filter(({ kind }) => kinds.includes(kind));
  const told = (kind: Kind): Fact[] => ofKind(kind).filter(({ silent }) => !silent);
  const member = ({ userid = '' }: Fact): string => today(userid);
  const pair = (fact: Fact): string => `${member(fact)} ${fact.external_userid}`;
  const moment = (fact: Fact): string => `${pair(fact)} ${toUnix(fact.at)}`;

  const begins = new Map<string, Fact[]>();
  for (const add of ofKind('relation_added', 'relation_taken_over')) {
    begins.set(pair(add), [...(begins.get(pair(add)) ?? []), add]);
  }
  const again = (ended: Fact): Fact[] =>
    (begins.get(pair(ended)) ?? []).filter((add) => toUnix(add.at) > toUnix(ended.at));
  /** Whom nobody told us of cannot be missed. */
  const wasHeardOf = (ended: Fact): boolean => {
    const before = (begins.get(pair(ended)) ?? []).filter((add) => add.at <= ended.at);
    return before.length === 0 || before.some(({ silent }) => !silent);
  };
  const isForGood = (ended: Fact): boolean => again(ended).length === 0;
  const renamed = new Set(ofKind('staff_renamed').map(({ detail }) => today(String(detail.new_userid))));
  const sameName = (userid: string): boolean => !renamed.has(userid);
  const many = (deleted: Fact[]): string[] => {
    const counts = new Map<string, number>();
    for (const one of deleted) counts.set(member(one), (counts.get(member(one)) ?? 0) + 1);
    return [...counts].flatMap(([userid, count]) => (count >= burst ? [userid] : []));
  };

  const deletions = told('relation_deleted_by_staff');
  const forGood = deletions.filter(isForGood);
  const unheard = ofKind('relation_deleted_by_staff').filter(({ silent }) => silent);
  const takenOver = new Set(ofKind('relation_taken_over').map(({ external_userid }) => external_userid));
  // Whom a friend took over in silence nobody can tell from somebody who was deleted.
  const vanished = ofKind('relation_transferred_out').filter(
    (one) => one.silent && !takenOver.has(one.external_userid),
  );
  const renamedOwners = [...world.groupChats.values()].filter(({ owner }) => renamed.has(owner)).map((c) => c.chat_id);
  const newOwners = ofKind('group_owner_changed', 'group_transferred');
  const silentlyGone = ofKind('group_dismissed').filter(({ silent }) => silent);
  const unheardGroups = new Set(ofKind('group_created').flatMap(({ silent, chat_id }) => (silent ? [chat_id] : [])));
  const leavers = ofKind('staff_left').map(member);
  const active = new Set(forGood.map(member));

  return {
    today,
    deleted: deletions.map(moment),
    left: told('relation_deleted_by_external').map(moment),
    gone: {
      may: silentlyGone.map(({ chat_id = '' }) => chat_id),
      must: silentlyGone.filter(({ chat_id }) => !unheardGroups.has(chat_id)).map(({ chat_id = '' }) => chat_id),
    },
    dismissed: told('group_dismissed').map((one) => `${one.chat_id} ${toUnix(one.at)}`),
    removed: told('group_members_left')
      .filter(({ detail }) => detail.removed === true)
      .flatMap((one) => (one.detail.members as string[]).map((id) => `${one.chat_id} ${id} ${toUnix(one.at)}`)),
    // A new userid that is read before it is told looks like another owner: such groups are left out.
    owners: { may: [...newOwners.map(({ chat_id = '' }) => chat_id), ...renamedOwners], must: [] },
    missing: {
      may: [...unheard, ...vanished].map(pair),
      // Whom a colleague was given of late may have gone by that.
      must: unheard
        .filter((one) => isForGood(one) && sameName(member(one)) && world.findStaff(member(one))?.follower)
        .filter((one) => !takenOver.has(one.external_userid) && wasHeardOf(one))
        .map(pair),
    },
    readds: {
      may: deletions.filter((one) => !isForGood(one)).map(moment),
      must: deletions
        .filter((one) => again(one).some((add) => !add.silent && add.at.getTime() - one.at.getTime() < hours(24)))
        .map(moment),
    },
    mass: { may: many(deletions), must: many(forGood).filter(sameName) },
    risks: { may: leavers, must: leavers.filter((userid) => sameName(userid) && active.has(userid)) },
    leaks: {
      may: [
        ...ofKind('transfer_failed').filter(({ detail }) => leavers.includes(today(String(detail.handover_userid)))),
        ...ofKind('relation_deleted_by_external').filter(({ external_userid }) => takenOver.has(external_userid)),
      ].map(({ external_userid = '' }) => external_userid),
      must: [],
    },
  };
}

function useridsOfToday(facts: readonly Fact[]): (userid: string) => string {
  const names = new Map(
    facts.flatMap(({ kind, userid, detail }) =>
      kind === 'staff_renamed' && userid ? [[userid, String(detail.new_userid)] as const] : [],
    ),
  );
  const today = (userid: string): string => {
    const next = names.get(userid);
    return next === undefined ? userid : today(next);
  };
  return today;
}
