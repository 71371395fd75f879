import { readFileSync, statSync } from 'node:fs';
import { settingNames } from '../../config/schema';
import { coveragePage } from '../../scripts/lib/coverage';
import { titlesIn } from '../../scripts/lib/test-titles';
import { filesBelow } from './files';

test('.env.example names every setting', () => {
  const text = readFileSync('.env.example', 'utf8');
  expect(settingNames.filter((name) => !text.includes(`\n# ${name}=`))).toEqual([]);
});

test('.ci/run is what a developer runs: npm test', () => {
  expect(readFileSync('.ci/run', 'utf8')).toMatch(/^npm test$/m);
  expect(statSync('.ci/run').mode & 0o111).not.toBe(0);
});

test('the list of demands is whole, each id once', () => {
  const ids = readFileSync('docs/ids.txt', 'utf8')
    .split('\n')
    .filter((line) => line.includes('\t'))
    .map((line) => line.split('\t')[0]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => /^[A-Z]{3}-\d\d$/.test(String(id)))).toHaveLength(222 + 35);
  expect(ids.filter((id) => /^(I|AR|E|F|O|S)\d+$/.test(String(id)))).toHaveLength(67);
  expect(ids.filter((id) => /^A\d+$/.test(String(id)))).toHaveLength(22);
});

test('an id counts as shown when the title of a test carries it as a word', () => {
  const source = `
    describe('crypto (S1)', () => {
      test('refuses', () => {});
      test.each([1])(\`S3 bomb \${1}\`, () => {});
    });
    describe('S4 nothing inside', () => {});
    console.log('S5');
    // test('S6 only a comment')
    it('S22 is not S2', () => {});`;
  const titles = titlesIn('test/a.test.ts', source);
  expect(titles.map(({ title }) => title)).toEqual([
    'crypto (S1) › refuses',
    expect.stringContaining('crypto (S1) › S3 bomb'),
    'S22 is not S2',
  ]);
  const ids = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S22'].map((id) => `${id}\tx`).join('\n');
  const page = coveragePage({ ids: `# Group\n${ids}\n`, leftOut: '', titles });
  expect(page).toContain('**4 of 7** demands');
  expect(page.match(/^\| S\d+ .*no test/gm)).toHaveLength(3);
});

/** Beyond this a file is two files. */
const mostLines = 250;

test('no file is too long to be read in one go', () => {
  const long = filesBelow(['src', 'config', 'callbacks', 'scripts'], /\.(ts|mjs)$/)
    .map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length }))
    .filter(({ lines }) => lines > mostLines);
  expect(long).toEqual([]);
});
