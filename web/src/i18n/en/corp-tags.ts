import type { Mirror } from '../mirror';
import type { corpTags as zh } from '../zh-CN/corp-tags';

export const corpTags: Mirror<typeof zh> = {
  title: 'Tags',
  search: 'Search tags and groups',
  summary: '{{groups}} groups, {{tags}} tags',
  showDeleted: 'Show deleted',
  deleted: 'Deleted',
  relationsHint: '{{name}}: on {{count}} relations',
  tagCount: '{{count}} tags',
  noTags: 'This group has no tags.',
  empty: 'No tags yet',
  emptyHint:
    'Corp tags are kept in WeCom’s admin console. They show here after a sync of tags on the page Sync & reconciliation.',
  noMatch: 'No tag name contains “{{text}}”',
  toSync: 'Go to sync',
};
