import { chat, contact, contacts, planned, rule, successor, whoGets } from './people';

const [wang, zhao, qian] = [successor('wang'), successor('zhao'), successor('qian')];
const numbered = (from: number, to: number, id: string) =>
  Array.from({ length: to - from + 1 }, (_, i) => contact(`w${from + i}`, { together: [id] }));

test('EXT-31 whoever knows the contact goes before whoever did, and both before others', () => {
  const movers = [
    contact('known', { known_to: ['qian'], formerly_known_to: ['zhao'] }),
    contact('formerly', { formerly_known_to: ['zhao'] }),
    contact('stranger', { known_to: ['somebody else'] }),
  ];
  const choices = planned(movers, [wang, zhao, qian], rule('one', { prefer: ['previous_contact'] }));
  expect(whoGets(choices)).toEqual(['qian', 'zhao', 'wang']);
  expect(choices.map(({ because }) => because)).toEqual([['previous_contact'], ['previous_contact'], ['only_one']]);
  expect(choices[0]?.second).toBe('zhao');
});

test('EXT-31 a former owner is asked only when a rule prefers it', () => {
  const movers = [contact('known', { known_to: ['qian'] })];
  expect(whoGets(planned(movers, [wang, qian], rule('one')))).toEqual(['wang']);
});

test('EXT-25 LEA-03 tags: who takes them goes first, and without a match who takes everything', () => {
  const team = [
    successor('wang', { takes: ['east'] }),
    successor('zhao', { takes: ['vip', 'west'] }),
    successor('qian', { takes: [] }),
  ];
  const movers = [contact('vip', { tags: ['vip'] }), contact('none'), contact('other', { tags: ['north'] })];
  const choices = planned(movers, team, rule('one', { prefer: ['tags'] }));
  expect(whoGets(choices)).toEqual(['zhao', 'qian', 'qian']);
  expect(choices[0]?.because).toEqual(['tags']);
  const particular = team.slice(0, 2);
  expect(whoGets(planned(movers, particular, rule('one', { prefer: ['tags'] })))).toEqual(['zhao', 'wang', 'wang']);
});

test('EXT-25 department: a colleague of the giver first, then balanced among these', () => {
  const team = [wang, successor('zhao', { departments: [3, 7] }), successor('qian', { departments: [7] })];
  const choices = planned(contacts(3), team, rule('balanced', { prefer: ['department'] }));
  expect(whoGets(choices)).toEqual(['zhao', 'qian', 'zhao']);
  expect(choices[0]?.because).toEqual(['department', 'least_loaded']);
});

test('EXT-25 of two preferences the one named first decides', () => {
  const team = [successor('wang', { takes: ['vip'] }), zhao];
  const movers = [contact('w1', { tags: ['vip'], known_to: ['zhao'] })];
  const by = (prefer: ('tags' | 'previous_contact')[]) => planned(movers, team, rule('one', { prefer }))[0];
  expect(by(['tags', 'previous_contact'])).toMatchObject({ to: 'wang', because: ['tags'], second: 'zhao' });
  expect(by(['previous_contact', 'tags'])).toMatchObject({ to: 'zhao', because: ['previous_contact'] });
});

test('WCM-07 a group chat and its members go to the same successor', () => {
  const movers = [...numbered(1, 3, 'red'), chat('red', []), chat('blue', ['w4', 'w5']), contact('w4'), contact('w5')];
  const choices = planned(movers, [wang, zhao], rule('balanced', { prefer: ['together'] }));
  expect(whoGets(choices)).toEqual(['wang', 'wang', 'wang', 'wang', 'zhao', 'zhao', 'zhao']);
  expect(choices[0]?.because).toEqual(['together']);
  expect(choices[3]?.because).toEqual(['least_loaded']);
});

test('WCM-07 without that preference they are spread as they come', () => {
  const movers = [...numbered(1, 3, 'red'), chat('red', [])];
  expect(whoGets(planned(movers, [wang, zhao], rule('round_robin')))).toEqual(['wang', 'zhao', 'wang', 'zhao']);
});

test('EXT-25 WCM-07 a group chat weighs in balancing with the members it draws along', () => {
  const movers = [chat('small', ['w1']), chat('tiny', ['w2']), chat('large', ['w3', 'w4', 'w5'])];
  const all = [...movers, ...contacts(5)];
  const choices = planned(all, [wang, zhao], rule('balanced', { prefer: ['together'] }));
  expect(whoGets(choices).slice(0, 3)).toEqual(['zhao', 'zhao', 'wang']);
});

test('WCM-07 a group chat goes where most of its members go by hand or are known', () => {
  const movers = [chat('red', []), ...numbered(1, 2, 'red'), contact('w3', { together: ['red'], known_to: ['zhao'] })];
  const byHand = rule('one', { prefer: ['together'], by_hand: { w1: 'qian' } });
  expect(whoGets(planned(movers, [wang, zhao, qian], byHand))).toEqual(['qian', 'qian', 'qian', 'qian']);
  const known = rule('one', { prefer: ['together', 'previous_contact'] });
  expect(whoGets(planned(movers, [wang, zhao, qian], known))).toEqual(['zhao', 'zhao', 'zhao', 'zhao']);
});

test('WCM-07 members follow a group chat that is given by hand, unless what goes before decides otherwise', () => {
  const movers = [chat('red', ['w1', 'w2']), contact('w1'), contact('w2', { known_to: ['zhao'] })];
  const by = (prefer: ('together' | 'previous_contact')[]) =>
    whoGets(planned(movers, [wang, zhao, qian], rule('one', { prefer, by_hand: { red: 'qian' } })));
  expect(by(['together', 'previous_contact'])).toEqual(['qian', 'qian', 'qian']);
  expect(by(['previous_contact', 'together'])).toEqual(['qian', 'qian', 'zhao']);
});

test('WCM-07 of several group chats, the one with most members here draws a contact along', () => {
  const movers = [
    chat('small', ['w1', 'w2']),
    chat('large', ['w1', 'w3', 'w4']),
    ...['w1', 'w2', 'w3', 'w4'].map((id) => contact(id)),
  ];
  const apart = rule('one', { prefer: ['together'], by_hand: { small: 'wang', large: 'zhao' } });
  expect(whoGets(planned(movers, [wang, zhao], apart))).toEqual(['wang', 'zhao', 'zhao', 'wang', 'zhao', 'zhao']);
});

test('WCM-07 a group chat goes to somebody with room for its members, and these elsewhere only when nobody has', () => {
  const movers = [chat('red', []), ...numbered(1, 3, 'red')];
  const together = rule('one', { prefer: ['together'] });
  const narrow = successor('wang', { capacity: 3 });
  expect(whoGets(planned(movers, [narrow, successor('zhao', { capacity: 4 })], together))).toEqual([
    ...['zhao', 'zhao', 'zhao', 'zhao'],
  ]);
  expect(whoGets(planned(movers, [narrow, successor('zhao', { capacity: 3 })], together))).toEqual([
    ...['wang', 'wang', 'wang', 'zhao'],
  ]);
});

test('WCM-07 members who go elsewhere by hand need no room, and who goes to nobody has no say', () => {
  const movers = [chat('red', []), ...numbered(1, 2, 'red'), contact('w3', { together: ['red'], known_to: ['zhao'] })];
  const team = [successor('wang', { capacity: 2 }), zhao, successor('qian', { serving: false })];
  const by = rule('one', { prefer: ['together', 'previous_contact'], by_hand: { w1: 'qian', w3: 'a stranger' } });
  expect(whoGets(planned(movers, team, by))).toEqual(['wang', 'qian', 'wang', null]);
});

test('WCM-07 a contact who cannot follow the larger group chat follows the smaller', () => {
  const movers = [
    ...[chat('large', ['w1', 'w2']), contact('w2'), chat('small', ['w1'])],
    contact('w1', { from: 'wang' }),
  ];
  const by = rule('one', { prefer: ['together'], by_hand: { large: 'wang', small: 'zhao' } });
  expect(whoGets(planned(movers, [qian, wang, zhao], by))).toEqual(['wang', 'wang', 'zhao', 'zhao']);
});
