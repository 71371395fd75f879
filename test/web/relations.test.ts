import { evidenceOf, inOrder, isCurrent, newestOf, tagsOf } from '../../web/src/pages/external-contacts/relations';

const relation = (id: string, more: { state?: string; started_at?: string; absent_since?: string } = {}) => ({
  id,
  state: 'active',
  started_at: '2025-11-20T00:00:00.000Z',
  absent_since: null,
  ...more,
});

test('relations that hold come first, then the newest', () => {
  const relations = [
    relation('old', { started_at: '2024-01-01T00:00:00.000Z' }),
    relation('lost', { state: 'deleted_by_staff', started_at: '2025-12-01T00:00:00.000Z' }),
    relation('half', { state: 'half', started_at: '2025-06-01T00:00:00.000Z' }),
  ];
  expect(inOrder(relations).map(({ id }) => id)).toEqual(['half', 'old', 'lost']);
  expect(newestOf(relations)?.id).toBe('lost');
  expect(newestOf([])).toBeUndefined();
  expect(relations.filter(isCurrent).map(({ id }) => id)).toEqual(['old', 'half']);
});

test('what nobody told us is inferred: missing, not seen, out of scope', () => {
  const evidence = (more: Parameters<typeof relation>[1]) => evidenceOf(relation('r', more));
  expect(evidence({ state: 'missing' })).toBe('derived');
  expect(evidence({ state: 'out_of_scope' })).toBe('derived');
  expect(evidence({ absent_since: '2025-11-20T00:00:00.000Z' })).toBe('derived');
  expect(evidence({ state: 'deleted_by_staff' })).toBe('official');
  expect(evidence({})).toBe('official');
});

test('a tag that several members gave is shown once; a personal tag of the same name stays apart', () => {
  const corp = { tag_id: 'et1', name: '重要', group_name: '等级', type: 'corp' } as const;
  const personal = { tag_id: null, name: '重要', group_name: null, type: 'personal' } as const;
  const tags = tagsOf([{ tags: [corp, personal] }, { tags: [personal, corp] }]);
  expect(tags).toEqual([corp, personal]);
});
