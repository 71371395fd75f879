import fc from 'fast-check';
import { type Fact, type FactKind, factKinds, fold } from '../../../../src/features/relations/external-contacts/facts';

const at = (second: number): Date => new Date(Date.UTC(2026, 2, 1) + second * 1000);
const fact = (kind: FactKind, second: number): Fact => ({ kind, occurred_at: at(second) });

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((item, i) => permutations(list.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}

const stories: [what: string, facts: Fact[], state: string, spell: number][] = [
  ['added', [fact('added', 0)], 'active', 1],
  ['added, told again by a read a second off', [fact('added', 0), fact('added', 1)], 'active', 1],
  ['half, then confirmed', [fact('half_added', 0), fact('added', 60)], 'active', 1],
  ['deleted by staff', [fact('added', 0), fact('staff_deleted', 60)], 'deleted_by_staff', 1],
  ['deleted by the external contact', [fact('added', 0), fact('external_deleted', 60)], 'deleted_by_external', 1],
  [
    'deleted by both',
    [fact('added', 0), fact('external_deleted', 60), fact('staff_deleted', 90)],
    'deleted_by_both',
    1,
  ],
  ['deleted and added again', [fact('added', 0), fact('staff_deleted', 60), fact('added', 90)], 'active', 2],
  [
    'deleted and added again within seconds',
    [fact('added', 0), fact('staff_deleted', 1), fact('added', 2)],
    'active',
    2,
  ],
  ['added again after a deletion nobody told', [fact('added', 0), fact('added', 60)], 'active', 2],
  ['transferred', [fact('added', 0), fact('transferred_out', 60)], 'transferred_out', 1],
  [
    'left and given away',
    [fact('added', 0), fact('unassigned', 60), fact('transferred_out', 90)],
    'transferred_out',
    1,
  ],
  [
    'given away, but refused',
    [fact('added', 0), fact('unassigned', 60), fact('transferred_out', 90), fact('unassigned', 120)],
    'unassigned',
    1,
  ],
  [
    'deleted by the external contact, yet named for assignment when the member left',
    [fact('added', 0), fact('external_deleted', 60), fact('unassigned', 90)],
    'unassigned',
    1,
  ],
  ['out of scope and back', [fact('added', 0), fact('out_of_scope', 60), fact('in_scope', 90)], 'active', 1],
  ['missing and back', [fact('added', 0), fact('missing', 60), fact('reappeared', 90)], 'active', 1],
  ['a deletion that was wrong', [fact('added', 0), fact('staff_deleted', 60), fact('reappeared', 90)], 'active', 2],
  [
    'deleted by the external contact, then gone from the list',
    [fact('added', 0), fact('external_deleted', 60), fact('missing', 90)],
    'missing',
    1,
  ],
  ['an end of which nobody told the beginning', [fact('staff_deleted', 60)], 'deleted_by_staff', 1],
];

test.each(stories)('I5 %s: the same in every order of arrival', (_, facts, state, spell) => {
  for (const order of permutations(facts)) expect(fold(order)).toMatchObject({ state, spell });
});

test('I5 facts of different seconds fold alike in any order, and each spell ends after it began', () => {
  const history = fc.array(
    fc.record({ kind: fc.constantFrom(...factKinds), second: fc.integer({ min: 0, max: 500 }) }),
    {
      minLength: 1,
      maxLength: 8,
    },
  );
  void fc.assert(
    fc.property(history, fc.integer(), (entries, salt) => {
      const seconds = new Map(entries.map((entry) => [entry.second, entry]));
      const facts = [...seconds.values()].map(({ kind, second }) => fact(kind, second));
      const shuffled = [...facts].sort((a, b) => mixed(a, salt) - mixed(b, salt));
      const folded = fold(facts);
      expect(fold(shuffled)).toEqual(folded);
      expect(folded.spell).toBeGreaterThan(0);
      expect(folded.ended_at === null).toBe(folded.state === 'active' || folded.state === 'half');
      if (folded.ended_at) expect(folded.ended_at.getTime()).toBeGreaterThanOrEqual(folded.started_at.getTime());
    }),
    { numRuns: 1000 },
  );
});

const mixed = ({ occurred_at }: Fact, salt: number): number => (occurred_at.getTime() * 31 + salt * 17) % 1009;
