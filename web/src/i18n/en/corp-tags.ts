import type { Mirror } from '../mirror';
import type { corpTags as zh } from '../zh-CN/corp-tags';

export const corpTags: Mirror<typeof zh> = {
  title: 'Tags',
};
