import fc from 'fast-check';
import {
  closesCycle,
  type Directory,
  deriveEdges,
  type Edge,
  reachOf,
} from '../../../../src/features/kernel/scope/reporting-tree';

const member = (id: string, departments: number[], more: Partial<Directory['staff'][number]> = {}) => ({
  ...{ id, departments, directLeaders: [], isServing: true },
  ...more,
});
const department = (id: number, parentId: number | null, ...leaders: string[]) => ({ id, parentId, leaders });
const line = (superiorId: string, staffId: string, until: Date | null = null): Edge => ({
  ...{ superiorId, staffId, until, source: 'manual' },
});
const pairs = (edges: { superiorId: string; staffId: string }[]) =>
  edges.map(({ superiorId, staffId }) => `${superiorId}>${staffId}`).sort();
const derived = (directory: Directory, manual: Edge[] = []) => pairs(deriveEdges(directory, manual));

test('PLT-01 leaders stand above their department, and leaders below those of the next one up', () => {
  const directory = {
    departments: [department(1, null, 'wang'), department(2, 1, 'li'), department(3, 2, 'zhao')],
    staff: [member('wang', [1]), member('li', [2]), member('zhao', [3]), member('chen', [3])],
  };
  expect(derived(directory)).toEqual(['li>zhao', 'wang>li', 'zhao>chen']);
});

test('PLT-01 a vacant or departed leader is passed over, and people fall to the next superior', () => {
  const directory = {
    departments: [department(1, null, 'wang'), department(2, 1), department(3, 2, 'zhao')],
    staff: [member('wang', [1]), member('zhao', [3], { isServing: false }), member('chen', [3])],
  };
  expect(derived(directory)).toEqual(['wang>chen', 'wang>zhao']);
});

test('PLT-01 several superiors: two departments, two leaders, a direct leader; co-leaders are peers', () => {
  const directory = {
    departments: [department(1, null, 'wang'), department(2, 1, 'li', 'mei'), department(3, 1, 'zhao')],
    staff: [
      ...[member('wang', [1]), member('li', [2]), member('mei', [2]), member('zhao', [3])],
      member('chen', [2, 3], { directLeaders: ['wang'] }),
    ],
  };
  expect(derived(directory)).toEqual([
    'li>chen',
    'mei>chen',
    'wang>chen',
    'wang>li',
    'wang>mei',
    'wang>zhao',
    'zhao>chen',
  ]);
});

test('PLT-01 of a circle in the directory the lowest edge gives way, and is shown as such', () => {
  const directory = {
    departments: [department(1, null, 'wang'), department(2, 1, 'li')],
    staff: [member('wang', [1], { directLeaders: ['li'] }), member('li', [2])],
  };
  const edges = deriveEdges(directory, []);
  expect(edges.map(({ superiorId, staffId, closesCycle: closes }) => [superiorId, staffId, closes])).toEqual([
    ['wang', 'li', false],
    ['li', 'wang', true],
  ]);
});

test('PLT-01 what was drawn by hand wins over a derived edge that would turn it round', () => {
  const directory = {
    departments: [department(1, null, 'wang')],
    staff: [member('wang', [1]), member('li', [1])],
  };
  const [edge] = deriveEdges(directory, [line('li', 'wang')]);
  expect(edge).toMatchObject({ superiorId: 'wang', staffId: 'li', closesCycle: true });
});

test('PLT-01 everybody reaches themselves and all below; a deputy what the absent one reaches, until the day', () => {
  const until = new Date('2026-04-01T00:00:00Z');
  const reach = reachOf(
    ['wang', 'li', 'chen', 'sun'],
    [line('wang', 'li'), line('li', 'chen')],
    [line('sun', 'li', until)],
  );
  expect(pairs(reach)).toEqual([
    ...['chen>chen', 'li>chen', 'li>li', 'sun>chen', 'sun>li', 'sun>sun'],
    ...['wang>chen', 'wang>li', 'wang>wang'],
  ]);
  expect(reach.filter((one) => one.until !== null).map(({ superiorId }) => superiorId)).toEqual(['sun', 'sun']);
});

test('PLT-01 of two deputyships the longer counts, and none shortens what is for good', () => {
  const [april, may] = [new Date('2026-04-01'), new Date('2026-05-01')];
  const deputies = [line('a', 'b', may), line('a', 'b', april), line('c', 'b', april)];
  const reach = reachOf(['a', 'b', 'c'], [line('c', 'b')], deputies);
  const untilOf = (superior: string) => reach.find((r) => r.superiorId === superior && r.staffId === 'b')?.until;
  expect(untilOf('a')).toEqual(may);
  expect(untilOf('c')).toBeNull();
});

test('PLT-01 a circle is found however long it is', () => {
  const chain = Array.from({ length: 50 }, (_, n) => line(`p${n}`, `p${n + 1}`));
  expect(closesCycle(chain, line('p50', 'p0'))).toBe(true);
  expect(closesCycle(chain, line('p7', 'p7'))).toBe(true);
  expect(closesCycle(chain, line('p0', 'p50'))).toBe(false);
});

test('PLT-01 whatever the directory says, nobody is above somebody who is above them', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];
  const someone = fc.constantFrom(...ids);
  const directory = fc.record({
    departments: fc
      .array(fc.tuple(fc.option(fc.integer({ min: 0, max: 4 })), fc.uniqueArray(someone, { maxLength: 2 })), {
        maxLength: 5,
      })
      .map((list) => list.map(([parent, leaders], id) => department(id, parent, ...leaders))),
    staff: fc.tuple(
      ...ids.map((id) =>
        fc.record({
          id: fc.constant(id),
          departments: fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 3 }),
          directLeaders: fc.uniqueArray(someone, { maxLength: 2 }),
          isServing: fc.boolean(),
        }),
      ),
    ),
  });
  fc.assert(
    fc.property(directory, (one) => {
      const followed = deriveEdges(one, []).filter((edge) => !edge.closesCycle);
      const reach = new Set(pairs(reachOf(ids, followed, [])));
      for (const a of ids) {
        expect(reach.has(`${a}>${a}`)).toBe(true);
        for (const b of ids) if (a !== b) expect(reach.has(`${a}>${b}`) && reach.has(`${b}>${a}`)).toBe(false);
      }
    }),
  );
});
