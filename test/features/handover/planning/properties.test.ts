import fc from 'fast-check';
import {
  type Choice,
  distributions,
  type Mover,
  preferences,
  type Rule,
  type Successor,
} from '../../../../src/features/handover/handovers/planning';
import { chat, contact, planned, rule, successor } from './people';

const userids = ['wang', 'zhao', 'qian', 'zhou', 'li', 'sun'];
const tags = ['vip', 'east', 'english'];
const some = <T>(of: readonly T[]) => fc.subarray([...of]);

const aMover: fc.Arbitrary<Omit<Mover, 'id'>> = fc.record({
  kind: fc.constantFrom('external_contact', 'external_contact', 'group_chat'),
  from: fc.constantFrom('li', 'sun', 'wang'),
  tags: some(tags),
  together: some(Array.from({ length: 12 }, (_, i) => `m${i}`)),
  known_to: some(userids),
  formerly_known_to: some(userids),
  weight: fc.integer({ min: 1, max: 5 }),
  transfers_in_90_days: fc.nat(3),
  last_transfer_at: fc.constant(null),
  relation_state: fc.constantFrom('active', 'unassigned', 'half', 'missing'),
  open_findings: fc.nat(1),
  in_another_handover: fc.boolean(),
});
const movers = fc.array(aMover, { maxLength: 30 }).map((all) => all.map((one, i): Mover => ({ ...one, id: `m${i}` })));

const aSuccessor: fc.Arbitrary<Successor> = fc.record({
  userid: fc.constantFrom(...userids),
  departments: some([7, 8]),
  capacity: fc.option(fc.nat(8)),
  load: fc.nat(20),
  takes: some(tags),
  serving: fc.boolean(),
  follows: fc.boolean(),
  active: fc.boolean(),
  refused_with: fc.constantFrom(null, null, 40098),
});
const successors = fc.uniqueArray(aSuccessor, { selector: ({ userid }) => userid });

const aRule: fc.Arbitrary<Rule> = fc.record({
  distribution: fc.constantFrom(...distributions),
  prefer: fc.shuffledSubarray(preferences.filter((one) => one !== 'by_hand')),
  by_hand: fc.dictionary(fc.constantFrom('m0', 'm1', 'm2', 'm3'), fc.constantFrom(...userids)),
});

const byRule = ({ because }: Choice): boolean => because[0] !== 'by_hand';
const countOf = (choices: readonly Choice[], userid: string): number =>
  choices.filter(({ to }) => to === userid).length;

test('EXT-25 EXT-31 every mover is decided once, in their order, and the same again', () => {
  fc.assert(
    fc.property(movers, successors, aRule, (all, team, by) => {
      const choices = planned(all, team, by);
      expect(choices.map(({ mover }) => mover)).toEqual(all);
      expect(planned(structuredClone(all), structuredClone(team), by)).toEqual(choices);
    }),
  );
});

test('EXT-25 LEA-03 no rule gives more than somebody can take, and only to one who serves', () => {
  fc.assert(
    fc.property(movers, successors, aRule, (all, team, by) => {
      const choices = planned(all, team, by);
      for (const { userid, capacity, serving } of team) {
        const given = choices.filter(({ to }) => to === userid);
        if (capacity !== null && given.length > capacity) expect(given.filter(byRule)).toEqual([]);
        if (!serving) expect(given.filter(byRule)).toEqual([]);
      }
    }),
  );
});

test('EXT-25 nobody takes over from themselves, and a second choice is another one who serves and has room', () => {
  fc.assert(
    fc.property(movers, successors, aRule, (all, team, by) => {
      const choices = planned(all, team, by);
      for (const { mover, to, second } of choices) {
        expect([to, second]).not.toContain(mover.from);
        if (second === null) continue;
        expect(second).not.toBe(to);
        const stands = team.find(({ userid }) => userid === second);
        expect(stands?.serving).toBe(true);
        expect(countOf(choices, second)).toBeLessThan(stands?.capacity ?? Number.POSITIVE_INFINITY);
      }
    }),
  );
});

test('EXT-25 nobody gets it only when nobody was left: all who serve are full, or the giver', () => {
  fc.assert(
    fc.property(movers, successors, aRule, (all, team, by) => {
      const choices = planned(all, team, by);
      for (const { mover } of choices.filter((choice) => choice.to === null && byRule(choice))) {
        const open = team.filter(({ userid, serving }) => serving && userid !== mover.from);
        for (const { userid, capacity } of open)
          expect(countOf(choices, userid)).toBeGreaterThanOrEqual(capacity ?? 1e9);
      }
    }),
  );
});

test('LEA-03 the doubtful get something by rule only when no sound one is left', () => {
  const roomy = successors.map((team) => team.map((one) => ({ ...one, capacity: null })));
  fc.assert(
    fc.property(movers, roomy, aRule, (all, team, by) => {
      const isSound = (one: Successor) => one.serving && one.follows && one.active && one.refused_with === null;
      for (const { mover, to } of planned(all, team, by).filter(byRule)) {
        const sound = team.filter((one) => isSound(one) && one.userid !== mover.from).map(({ userid }) => userid);
        if (sound.length > 0) expect(sound).toContain(to);
      }
    }),
  );
});

test('EXT-25 balanced: what each serves in the end differs by one weight at most among those who got something', () => {
  const loads = fc.array(fc.nat(30), { minLength: 1, maxLength: 6 });
  const weights = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 60 });
  fc.assert(
    fc.property(loads, weights, (serving, weighing) => {
      const team = serving.map((load, i) => successor(`s${i}`, { load }));
      const choices = planned(
        weighing.map((weight, i) => contact(`m${i}`, { weight })),
        team,
        rule('balanced'),
      );
      const ends = team.map(({ userid, load }) => {
        const got = choices.filter(({ to }) => to === userid).map(({ mover }) => mover.weight);
        return { got: got.length, carries: got.reduce((sum, weight) => sum + weight, load) };
      });
      const least = Math.min(...ends.map(({ carries }) => carries));
      const unit = Math.max(0, ...weighing);
      for (const { got, carries } of ends) if (got > 0) expect(carries - least).toBeLessThanOrEqual(unit);
    }),
  );
});

test('EXT-25 round robin: each in turn', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.integer({ min: 1, max: 7 }), (count, people) => {
      const team = Array.from({ length: people }, (_, i) => successor(`s${i}`));
      const choices = planned(
        Array.from({ length: count }, (_, i) => contact(`m${i}`)),
        team,
        rule('round_robin'),
      );
      expect(choices.map(({ to }) => to)).toEqual(choices.map((_, i) => `s${i % people}`));
    }),
  );
});

test('EXT-25 the order in which they are named makes nobody fit or unfit', () => {
  const roomy = successors.map((team) => team.map((one) => ({ ...one, capacity: null })));
  const inBothOrders = fc.tuple(movers, fc.infiniteStream(fc.nat())).map(([all, keys]) => {
    const shuffled = all.map((mover) => ({ mover, key: keys.next().value as number }));
    return [all, shuffled.sort((a, b) => a.key - b.key).map(({ mover }) => mover)] as const;
  });
  const without = (choices: Choice[]) => choices.filter(({ to }) => to === null).map(({ mover }) => mover.id);
  fc.assert(
    fc.property(inBothOrders, roomy, aRule, ([all, shuffled], team, by) => {
      expect(without(planned(shuffled, team, by)).sort()).toEqual(without(planned(all, team, by)).sort());
    }),
  );
});

test('WCM-07 with room for all, who is in one group chat goes where it goes', () => {
  const sizes = fc.array(fc.nat(6), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(sizes, fc.constantFrom(...distributions), (members, distribution) => {
      const all = members.flatMap((size, i) => [
        ...Array.from({ length: size }, (_, n) => contact(`w${i}-${n}`)),
        chat(
          `g${i}`,
          Array.from({ length: size }, (_, n) => `w${i}-${n}`),
        ),
      ]);
      const choices = planned(
        all,
        ['a', 'b', 'c'].map((userid) => successor(userid)),
        rule(distribution, { prefer: ['together'] }),
      );
      const byId = new Map(choices.map(({ mover, to }) => [mover.id, to]));
      for (const { mover, to } of choices) for (const id of mover.together) expect(byId.get(id)).toBe(to);
    }),
  );
});
