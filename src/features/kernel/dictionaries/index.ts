import type { Entities } from '../../../db/data-source';
import { Dictionary, DictionaryItem } from './dictionaries.entity';
import { dictionaryRoutes } from './dictionaries.routes';

export const dictionariesFeature = {
  name: 'dictionaries',
  entities: [Dictionary, DictionaryItem] as Entities,
  routes: dictionaryRoutes,
};
export { createDictionaryService, type DictionaryService } from './dictionaries.service';
