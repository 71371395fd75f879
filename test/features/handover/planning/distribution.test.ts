import { contact, contacts, planned, rule, successor, whoGets } from './people';

const [wang, zhao, qian] = [successor('wang'), successor('zhao'), successor('qian')];

test('EXT-25 one gets everything, and the next in the order given what is over', () => {
  const choices = planned(contacts(4), [successor('wang', { capacity: 2 }), zhao, qian], rule('one'));
  expect(whoGets(choices)).toEqual(['wang', 'wang', 'zhao', 'zhao']);
  expect(choices[0]?.because).toEqual(['only_one']);
});

test('EXT-25 LEA-03 round robin goes on with the next, however much each serves', () => {
  const choices = planned(contacts(5), [successor('wang', { load: 500 }), zhao, qian], rule('round_robin'));
  expect(whoGets(choices)).toEqual(['wang', 'zhao', 'qian', 'wang', 'zhao']);
  expect(choices[0]?.because).toEqual(['next_in_turn']);
});

test('EXT-25 round robin passes over who is full', () => {
  const choices = planned(contacts(5), [wang, successor('zhao', { capacity: 1 }), qian], rule('round_robin'));
  expect(whoGets(choices)).toEqual(['wang', 'zhao', 'qian', 'wang', 'qian']);
});

test('EXT-25 LEA-03 balanced fills up whoever serves fewest; of equals the first named', () => {
  const team = [successor('wang', { load: 10 }), successor('zhao', { load: 8 }), successor('qian', { load: 9 })];
  const choices = planned(contacts(5), team, rule('balanced'));
  expect(whoGets(choices)).toEqual(['zhao', 'zhao', 'qian', 'wang', 'zhao']);
  expect(choices[0]?.because).toEqual(['least_loaded']);
});

test('EXT-25 what weighs more counts as more in balancing, and as one of what somebody can take', () => {
  const movers = [contact('big', { weight: 3 }), ...contacts(4)];
  expect(whoGets(planned(movers, [wang, zhao], rule('balanced')))).toEqual(['wang', 'zhao', 'zhao', 'zhao', 'wang']);
  expect(whoGets(planned(movers, [successor('wang', { capacity: 2 })], rule('balanced')))).toEqual([
    ...['wang', 'wang', null, null, null],
  ]);
});

test('LEA-03 EXT-25 when all are full, nobody gets it, and the plan says so', () => {
  const choices = planned(contacts(2), [successor('wang', { capacity: 1 })], rule('balanced'));
  expect(choices[1]).toMatchObject({ to: null, because: ['none_fits'], warnings: ['nobody'], second: null });
});

test('EXT-25 nobody takes over from themselves', () => {
  const movers = [contact('w1', { from: 'wang' }), contact('w2')];
  const choices = planned(movers, [wang, zhao], rule('one'));
  expect(whoGets(choices)).toEqual(['zhao', 'wang']);
  expect(choices[0]?.because).toEqual(['only_one']);
  expect(choices[0]?.second).toBeNull();
});

test.each([
  ['does not serve external contacts', { follows: false }, 'successor_not_following'],
  ['has not activated the account', { active: false }, 'successor_inactive'],
  ['was refused by WeCom before', { refused_with: 40098 }, 'successor_refused'],
])('LEA-03 WCM-07 who %s gets something only when nobody else fits', (_, unusual, warning) => {
  const doubtful = successor('wang', { departments: [7], ...unusual });
  const preferring = rule('one', { prefer: ['department'] });
  const choices = planned(contacts(2), [doubtful, successor('zhao', { capacity: 1 })], preferring);
  expect(whoGets(choices)).toEqual(['zhao', 'wang']);
  expect(choices.map(({ warnings }) => warnings)).toEqual([[], [warning]]);
});

test('WCM-07 who left gets nothing by rule, even when nobody else is there', () => {
  const left = successor('wang', { serving: false });
  expect(whoGets(planned(contacts(1), [left], rule('one')))).toEqual([null]);
});

test('WCM-07 a second choice stands by for a refusal: another who fits, with the room that is left', () => {
  const team = [wang, successor('zhao', { capacity: 0 }), successor('qian', { follows: false }), successor('zhou')];
  expect(planned(contacts(1), team, rule('one'))[0]).toMatchObject({ to: 'wang', second: 'zhou' });
  expect(planned(contacts(1), [wang], rule('one'))[0]).toMatchObject({ to: 'wang', second: null });
  const [first] = planned(
    contacts(2),
    [successor('wang', { capacity: 1 }), successor('zhao', { capacity: 1 })],
    rule('one'),
  );
  expect(first).toMatchObject({ to: 'wang', second: null });
});

test('WCM-07 what one person cannot take does not fall to a single other', () => {
  const choices = planned(contacts(4), [wang, zhao, qian], rule('balanced', { by_hand: allTo('wang', 4) }));
  expect(choices.map(({ second }) => second)).toEqual(['zhao', 'qian', 'zhao', 'qian']);
});

const allTo = (userid: string, count: number): Record<string, string> =>
  Object.fromEntries(contacts(count).map(({ id }) => [id, userid]));
