import { chat, contact, contacts, planned, rule, successor, whoGets } from './people';

const [wang, zhao] = [successor('wang'), successor('zhao')];

test('EXT-31 by hand wins over every preference', () => {
  const movers = [contact('w1', { known_to: ['wang'], together: ['red'] }), chat('red', ['w1'])];
  const by = rule('one', { prefer: ['previous_contact', 'together'], by_hand: { w1: 'zhao' } });
  const [first] = planned(movers, [wang, zhao], by);
  expect(first).toMatchObject({ to: 'zhao', because: ['by_hand'], second: 'wang' });
});

test('EXT-31 by hand goes over capacity, with a warning, and leaves no room to the rule', () => {
  const movers = contacts(4);
  const by = rule('one', { by_hand: { w3: 'wang', w4: 'wang' } });
  const choices = planned(movers, [successor('wang', { capacity: 1 }), zhao], by);
  expect(whoGets(choices)).toEqual(['zhao', 'zhao', 'wang', 'wang']);
  expect(choices.map(({ warnings }) => warnings)).toEqual([[], [], [], ['over_capacity']]);
});

test('WCM-07 by hand even to somebody who left, with a warning', () => {
  const left = successor('wang', { serving: false, follows: false, active: false });
  const [first] = planned(contacts(1), [left, zhao], rule('one', { by_hand: { w1: 'wang' } }));
  expect(first).toMatchObject({ to: 'wang', warnings: ['successor_left'], second: 'zhao' });
});

test.each([
  ['somebody who is none of the successors', 'nobody we know'],
  ['the giver', 'li'],
])('WCM-07 by hand to %s: nobody gets it', (_, userid) => {
  const team = [wang, successor('li')];
  const [first] = planned(contacts(1), team, rule('one', { by_hand: { w1: userid } }));
  expect(first).toMatchObject({ to: null, because: ['by_hand', 'none_fits'], warnings: ['nobody'], second: null });
});

test('EXT-31 an id like a name every object has is not given by hand', () => {
  expect(whoGets(planned([contact('constructor')], [wang], rule('one')))).toEqual(['wang']);
});
