import { readFileSync } from 'node:fs';
import { coveragePage } from './lib/coverage';
import { settleGenerated } from './lib/generated';
import { testTitles } from './lib/test-titles';

const page = coveragePage({
  ids: readFileSync('docs/ids.txt', 'utf8'),
  leftOut: readFileSync('docs/left-out.md', 'utf8'),
  titles: testTitles(['test', 'web/src']),
});
settleGenerated('docs/coverage.md', page, 'coverage:docs');
