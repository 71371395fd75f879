import type { Sandbox } from '../../src/sandbox';
import type { Picture } from './compare';

type TrueRelation = ReturnType<Sandbox['truth']>['relations'][number];

/**
 * What our table should hold of the relations there are. What WeCom's lists do not show, and no event told, cannot be
 * known: that a customer deleted a staff member, and half relations.
 */
export function expectedRelations(sandbox: Sandbox): Picture {
  const told = toldEvents(sandbox);
  const expected: Picture = new Map();
  for (const row of sandbox.truth().relations) {
    const key = `${row.userid} ${row.external_userid}`;
    const state = stateOf(row, told.get(key) ?? new Set());
    if (state === 'half') expected.set(key, { state });
    else if (state) expected.set(key, { state, ...fieldsOf(row) });
  }
  for (const key of neverSeenPairs(sandbox, told)) expected.set(key, neverSeen);
  return expected;
}

/** Half relations that the customer ended: no list ever showed them, so nobody can say that they are gone. */
const neverSeenPairs = ({ world }: Sandbox, told: Map<string, Set<string>>): string[] =>
  [...told.keys()].filter((key) => {
    const [userid = '', externalUserid = ''] = key.split(' ');
    const isServing = world.findStaff(userid) && !world.findRelation(userid, externalUserid);
    return isServing && told.get(key)?.has('half') && told.get(key)?.has('relation_deleted_by_external');
  });

const neverSeen = {
  state: 'deleted_by_external',
  remark: '',
  description: '',
  remark_mobiles: [],
  tag_ids: [],
  add_way: 0,
  channel: '',
};

const fieldsOf = (row: TrueRelation) => ({
  remark: row.remark,
  description: row.description,
  remark_mobiles: row.remark_mobiles,
  tag_ids: row.tag_ids,
  add_way: row.add_way,
  channel: row.state,
});

function stateOf(row: TrueRelation, told: ReadonlySet<string>): string | undefined {
  if (row.half) return told.has('half') ? 'half' : undefined;
  if (row.external_deleted && told.has('relation_deleted_by_external')) return 'deleted_by_external';
  return row.listed ? 'active' : 'out_of_scope';
}

/** By pair, under the userid of today, what the callbacks that were not lost told of it last. */
function toldEvents({ ledger }: Sandbox): Map<string, Set<string>> {
  const today = useridsOfToday(ledger.facts);
  const told = new Map<string, Set<string>>();
  for (const { kind, userid, external_userid, silent } of ledger.facts) {
    if (!userid || !external_userid || silent) continue;
    const key = `${today(userid)} ${external_userid}`;
    const before = told.get(key) ?? [];
    told.set(key, new Set(kind in begins ? begins[kind] : [...before, kind]));
  }
  return told;
}

/** With these a new story begins. */
const begins: Record<string, string[]> = {
  relation_half_added: ['half'],
  relation_added: [],
  relation_taken_over: [],
};

function useridsOfToday(facts: Sandbox['ledger']['facts']): (userid: string) => string {
  const names = new Map(
    facts.flatMap(({ kind, userid, detail }) =>
      kind === 'staff_renamed' && userid ? [[userid, String(detail.new_userid)] as const] : [],
    ),
  );
  const today = (userid: string): string => {
    const to = names.get(userid);
    return to === undefined ? userid : today(to);
  };
  return today;
}
