import { eventSamples } from '../../src/sandbox';
import { differencesFromTruth } from '../support/compare';
import { type SystemAtTest, useSystem } from '../support/system';

const system = useSystem({ staff: 4, externalContacts: 10, groupChats: 0, leavers: 0, seed: 9 });

type Deed = 'add' | 'half' | 'staff deletes' | 'customer deletes' | 'edit';

/** Short histories of one pair, and how far apart their deeds lie. */
const histories: Deed[][] = [
  ['add', 'staff deletes'],
  ['add', 'customer deletes'],
  ['add', 'staff deletes', 'add'],
  ['add', 'customer deletes', 'add'],
  ['add', 'customer deletes', 'staff deletes'],
  ['add', 'staff deletes', 'customer deletes'],
  ['half', 'add'],
  ['half', 'add', 'staff deletes'],
  ['half', 'customer deletes'],
  ['add', 'edit', 'customer deletes', 'add'],
  ['add', 'staff deletes', 'add', 'staff deletes'],
];

type Told = { xml: string }[];

/** Lives the history while nobody listens. @returns the events in the order they happened */
function live({ sandbox }: SystemAtTest, deeds: Deed[], gapSeconds: number): Told {
  const userid = sandbox.world.followers()[0]?.userid ?? '';
  const { external_userid } = sandbox.control.addRelation({ userid, silent: true });
  sandbox.control.deleteByStaff({ userid, external_userid, silent: true });
  sandbox.control.deleteByExternal({ userid, external_userid, silent: true });
  const pair = { userid, external_userid };
  const { control } = sandbox;
  const act: Record<Deed, () => unknown> = {
    add: () => control.addRelation(pair),
    half: () => control.addRelation({ ...pair, half: true }),
    'staff deletes': () => control.deleteByStaff(pair),
    'customer deletes': () => control.deleteByExternal(pair),
    edit: () => control.editRelation({ ...pair, remark: `第${deeds.length}版` }),
  };
  const change: Record<Deed, string> = {
    add: 'add_external_contact',
    half: 'add_half_external_contact',
    'staff deletes': 'del_external_contact',
    'customer deletes': 'del_follow_user',
    edit: 'edit_external_contact',
  };
  const began = Math.floor(Date.now() / 1000) - deeds.length * gapSeconds - 30;
  return deeds.map((deed, i) => {
    act[deed]();
    const createTime = began + i * gapSeconds;
    const relation = sandbox.world.findRelation(userid, external_userid);
    if (relation && (deed === 'add' || deed === 'half')) relation.createtime = createTime;
    return { xml: eventSamples[`change_external_contact/${change[deed]}`]?.({ ...pair, createTime }) ?? '' };
  });
}

const orders: ((told: Told) => Told)[] = [
  (told) => told,
  (told) => [...told].reverse(),
  (told) => [...told.slice(1), ...told.slice(0, 1)],
];

/** Tells a history in three orders, each event twice, and compares. */
async function check(deeds: Deed[], gap: number): Promise<void> {
  const { at } = system;
  at.sandbox.deliverTo(undefined);
  for (const order of orders) {
    const told = live(at, deeds, gap);
    at.sandbox.deliverTo(at.system.url);
    for (const { xml } of order(told)) await at.sandbox.callbacks.sendRaw('agent', xml);
    await Promise.all(told.map(({ xml }) => at.sandbox.callbacks.sendRaw('agent', xml)));
    await at.settled();
    at.sandbox.deliverTo(undefined);
  }
  markTold(at);
  const relations = (await differencesFromTruth(at, at.sandbox)).filter((d) => d.entity === 'relations');
  expect(relations).toEqual([]);
}

describe.each([
  ['minutes', 60],
  ['seconds', 2],
])('I5 deeds %s apart', (_, gap) => {
  test.each(histories.map((deeds) => [deeds.join(', '), deeds] as const))(
    '%s: told in any order, twice, they end as WeCom has it',
    (_name, deeds) => check([...deeds], gap),
  );
});

/** What a list shows decides; it does not show what the external contact did. */
const shownByLists: Deed[][] = [
  ['add', 'staff deletes'],
  ['add', 'staff deletes', 'add'],
];

test.each(shownByLists.map((deeds) => [deeds.join(', '), deeds] as const))(
  'I5 %s within one second: the list decides',
  (_name, deeds) => check([...deeds], 0),
);

/** The events went out by hand: nothing of it was silent. */
function markTold({ sandbox }: SystemAtTest): void {
  for (const fact of sandbox.ledger.facts) fact.silent = false;
}

beforeAll(() => system.at.syncAll());
