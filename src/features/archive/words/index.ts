import type { Entities } from '../../../db/data-source';
import { ArchiveHit, WordList, WordListVersion } from './words.entity';
import { wordRoutes } from './words.routes';

export const wordsFeature = {
  name: 'words',
  entities: [WordList, WordListVersion, ArchiveHit] as Entities,
  routes: wordRoutes,
};
export { createWordScan, type WordHit, type WordScan } from './word-scan';
export { createWordScanRuns } from './word-scan-run';
export { createWordListService, type WordListService } from './words.service';
export { createWordStore } from './words.store';
