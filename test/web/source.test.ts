import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../../web/src');
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
  .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));

const holding = (pattern: RegExp, except: RegExp): string[] =>
  sources.filter(({ file, text }) => !except.test(file) && pattern.test(withoutComments(text))).map(({ file }) => file);

const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');

test('texts stand in i18n: no component holds literal Chinese', () => {
  expect(sources.length).toBeGreaterThan(50);
  expect(holding(/\p{Script=Han}/u, /^i18n\//)).toEqual([]);
});

test('only api/ talks to the server', () => {
  expect(holding(/\bfetch\(|XMLHttpRequest|new EventSource|\bclient\.(GET|POST|PUT|PATCH|DELETE)\b/, /^api\//)).toEqual(
    [],
  );
});

test('S21 nothing is put into the page as HTML', () => {
  expect(holding(/dangerouslySetInnerHTML|innerHTML|insertAdjacentHTML/, /^$/)).toEqual([]);
});

test('S21 no address of another host', () => {
  expect(holding(/['"`]https?:\/\//, /^api\/schema/)).toEqual([]);
});
