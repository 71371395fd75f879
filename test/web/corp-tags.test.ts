import { shownGroups } from '../../web/src/pages/corp-tags/shown-groups';

const at = '2025-11-20T00:00:00.000Z';
const tag = (name: string, deleted_at: string | null = null) => ({ name, deleted_at });
type Tag = ReturnType<typeof tag>;
const group = (name: string, tags: Tag[], deleted_at: string | null = null) => ({ name, tags, deleted_at });

const groups = [
  group('客户等级', [tag('重要'), tag('VIP'), tag('旧等级', at)]),
  group('来源', []),
  group('停用', [tag('甲', at)], at),
];
const names = (shown: ReturnType<typeof group>[]) =>
  shown.map(({ name, tags }) => [name, ...tags.map((one) => one.name)]);

test('deleted groups and tags are shown when asked for, empty groups always', () => {
  expect(names(shownGroups(groups, { text: '', deleted: false }))).toEqual([['客户等级', '重要', 'VIP'], ['来源']]);
  expect(names(shownGroups(groups, { text: '', deleted: true }))).toEqual([
    ['客户等级', '重要', 'VIP', '旧等级'],
    ['来源'],
    ['停用', '甲'],
  ]);
});

test('a search shows a group that fits whole, another with its fitting tags only', () => {
  expect(names(shownGroups(groups, { text: ' vip ', deleted: false }))).toEqual([['客户等级', 'VIP']]);
  expect(names(shownGroups(groups, { text: '等级', deleted: false }))).toEqual([['客户等级', '重要', 'VIP']]);
  expect(shownGroups(groups, { text: '没有', deleted: true })).toEqual([]);
});
