export const corpTags = {
  title: '标签',
  search: '搜索标签或标签组',
  summary: '{{groups}} 组，{{tags}} 个标签',
  showDeleted: '显示已删除',
  deleted: '已删除',
  relationsHint: '{{name}}：{{count}} 条跟进关系带有此标签',
  tagCount: '{{count}} 个标签',
  noTags: '这个组里没有标签。',
  empty: '还没有标签',
  emptyHint: '标签在企业微信管理后台维护。在「同步与对账」执行一次「标签」同步即可。',
  noMatch: '没有名称包含 “{{text}}” 的标签',
  toSync: '去同步',
};
