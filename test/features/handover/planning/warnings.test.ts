import type { Mover } from '../../../../src/features/handover/handovers/planning';
import { plan, rewarned } from '../../../../src/features/handover/handovers/planning';
import { chat, contact, daysAgo, givers, now, planned, rule, successor } from './people';

/** Of what is moved to wang. */
const warningsOf = (mover: Mover) => planned([mover], [successor('wang')], rule('one'))[0]?.warnings;
/** Sun serves: a transfer in service. */
const inService = (unusual: Partial<Mover>): Mover =>
  contact('w1', { from: 'sun', relation_state: 'active', ...unusual });

test('WCM-07 nothing to warn of', () => {
  expect([contact('w1'), inService({}), chat('red', [])].map(warningsOf)).toEqual([[], [], []]);
});

test('WCM-07 a contact is protected for 90 days after a transfer, in service', () => {
  expect(warningsOf(inService({ last_transfer_at: daysAgo(90) }))).toEqual(['protected_90_days']);
  expect(warningsOf(inService({ last_transfer_at: daysAgo(90.01) }))).toEqual([]);
  expect(warningsOf(contact('w1', { last_transfer_at: daysAgo(1) }))).toEqual([]);
});

test('WCM-07 WeCom moves a contact twice in 90 days', () => {
  expect(warningsOf(inService({ transfers_in_90_days: 1 }))).toEqual([]);
  expect(warningsOf(inService({ transfers_in_90_days: 2 }))).toEqual(['two_transfers']);
});

test.each<[state: string, inService: string[], left: string[]]>([
  ['active', [], []],
  ['unassigned', ['not_connected'], []],
  ['half', ['half'], ['not_connected']],
  ['deleted_by_external', ['deleted_by_external'], ['deleted_by_external']],
  ['deleted_by_staff', ['not_connected'], ['not_connected']],
  ['transferred_out', ['not_connected'], ['not_connected']],
  ['missing', ['not_connected'], ['not_connected']],
])('WCM-07 what WeCom can move: %s', (relation_state, serving, left) => {
  expect(warningsOf(inService({ relation_state }))).toEqual(serving);
  expect(warningsOf(contact('w1', { relation_state }))).toEqual(left);
});

test('WCM-07 a group chat that was dismissed cannot be moved', () => {
  expect(warningsOf(chat('red', [], { relation_state: 'dismissed' }))).toEqual(['not_connected']);
});

test('WCM-07 WeCom moves what a leaver had for a year', () => {
  const after = (days: number) => {
    const left = new Map([['li', { departed_at: daysAgo(days), departments: [] }]]);
    return plan([contact('w1')], [successor('wang')], rule('one'), { now, givers: left })[0]?.warnings;
  };
  expect(after(365)).toEqual([]);
  expect(after(366)).toEqual(['left_over_a_year']);
});

test('WCM-07 who leaves tomorrow still serves', () => {
  const leaving = new Map([...givers, ['li', { departed_at: daysAgo(-1), departments: [] }]] as const);
  const mover = contact('w1', { relation_state: 'active', last_transfer_at: daysAgo(1) });
  const [choice] = plan([mover], [successor('wang')], rule('one'), { now, givers: leaving });
  expect(choice?.warnings).toEqual(['protected_90_days']);
});

test('WCM-07 of a contact the successor has already WeCom tells no addition', () => {
  expect(warningsOf(contact('w1', { known_to: ['wang'] }))).toEqual(['already_friends']);
  expect(warningsOf(contact('w1', { formerly_known_to: ['wang'] }))).toEqual([]);
  expect(warningsOf(chat('red', [], { known_to: ['wang'] }))).toEqual([]);
});

test('EXT-31 a contact with open findings is looked at first', () => {
  expect(warningsOf(contact('w1', { open_findings: 1 }))).toEqual(['open_findings']);
});

test('EXT-31 everything to think of is named', () => {
  const doubtful = successor('wang', { follows: false, active: false, refused_with: 40205, capacity: 0 });
  const mover = inService({
    ...{ last_transfer_at: daysAgo(3), transfers_in_90_days: 2, relation_state: 'half', open_findings: 2 },
    known_to: ['wang'],
  });
  const [choice] = planned([mover], [doubtful], rule('one', { by_hand: { w1: 'wang' } }));
  expect(choice?.warnings).toEqual([
    ...['protected_90_days', 'two_transfers', 'half', 'open_findings'],
    ...['successor_not_following', 'successor_inactive', 'successor_refused', 'over_capacity', 'already_friends'],
  ]);
});

test('WCM-07 what is on its way in another handover is told', () => {
  const moving = { in_another_handover: true };
  expect(warningsOf(contact('w1', moving))).toEqual(['in_another_handover']);
  expect(warningsOf(chat('red', [], moving))).toEqual(['in_another_handover']);
});

test('WCM-07 a group chat is transferred twice in 90 days, like a contact', () => {
  const often = { from: 'sun', last_transfer_at: daysAgo(3), transfers_in_90_days: 2 };
  expect(warningsOf(chat('red', [], often))).toEqual(['protected_90_days', 'two_transfers']);
});

test('EXT-31 what is to mind of the mover stays when it goes to somebody else, the rest is of the new one', () => {
  const before = ['open_findings', 'already_friends', 'over_capacity'] as const;
  const mover = { kind: 'external_contact', known_to: ['zhao'] } as const;
  expect(rewarned(before, mover, successor('wang'), 0)).toEqual(['open_findings']);
  expect(rewarned(before, mover, successor('zhao', { refused_with: 40098 }), -1)).toEqual([
    ...['open_findings', 'successor_refused', 'over_capacity', 'already_friends'],
  ]);
  expect(rewarned(before, mover, null, 0)).toEqual(['open_findings', 'nobody']);
});
