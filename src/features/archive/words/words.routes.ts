import { get, post, put, type Route } from '../../../http/route';
import { idParam } from '../../../http/schema';
import { runView } from '../../../jobs/jobs.schema';
import type { WordScanRuns } from './word-scan-run';
import {
  changedWordList,
  newWordList,
  startWordScan,
  wordListQuery,
  wordLists,
  wordListVersions,
  wordListView,
} from './words.schema';
import type { WordListService } from './words.service';

interface Deps {
  wordLists: WordListService;
  wordScanRuns: WordScanRuns;
}

export const wordRoutes = ({ wordLists: lists, wordScanRuns }: Deps): Route[] => [
  get(
    '/archive/word-lists',
    {
      can: 'archive:review',
      about: 'Lists of words that messages are scanned for, by name',
      query: wordListQuery,
      returns: wordLists,
    },
    ({ query }) => lists.list(query),
  ),
  post(
    '/archive/word-lists',
    { can: 'archive:review', about: 'Make a word list', body: newWordList, returns: wordListView, status: 201 },
    ({ body, viewer, ctx }) => lists.create(body, { viewer, address: ctx.ip }),
  ),
  get(
    '/archive/word-lists/:id',
    { can: 'archive:review', about: 'One word list', params: idParam, returns: wordListView },
    ({ params }) => lists.get(params.id),
  ),
  get(
    '/archive/word-lists/:id/versions',
    {
      can: 'archive:review',
      about: 'The words of a list as they once were, newest first',
      params: idParam,
      returns: wordListVersions,
    },
    ({ params }) => lists.versions(params.id),
  ),
  put(
    '/archive/word-lists/:id',
    {
      can: 'archive:review',
      about: 'Change a word list. It holds for messages that come after',
      params: idParam,
      body: changedWordList,
      returns: wordListView,
    },
    ({ params, body, viewer, ctx }) => lists.change(params.id, body, { viewer, address: ctx.ip }),
  ),
  post(
    '/archive/word-scan-runs',
    {
      can: 'archive:review',
      about: 'Scan messages of a time again by the lists of now',
      body: startWordScan,
      returns: runView,
      status: 202,
    },
    ({ body, viewer, ctx }) => wordScanRuns.start(body, { viewer, address: ctx.ip }),
  ),
];
