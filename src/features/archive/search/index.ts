import type { Entities } from '../../../db/data-source';
import { ArchiveWindow } from './search.entity';

export const searchFeature = {
  name: 'search',
  entities: [ArchiveWindow] as Entities,
  routes: () => [],
};
export type { PlacedText } from './matching';
export { createSearchIndex, type MoreTexts, type SearchIndex } from './message-index';
export { createIndexRun } from './rebuild';
export { createMessageSearch, type MessageSearch } from './search.service';
