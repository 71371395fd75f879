import { readFileSync } from 'node:fs';
import { filesBelow } from './files';

const read = (files: string[]) => files.map((file) => ({ file, text: withoutComments(readFileSync(file, 'utf8')) }));
const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');

const server = read(filesBelow(['src', 'config', 'callbacks'], /\.ts$/));
const web = read(filesBelow(['web/src'], /\.tsx?$/));

const holding = (pattern: RegExp, sources = server): string[] =>
  sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

const code =
  /\beval\(|\bnew Function\(|node:vm\b|shell: true|\bexec(File)?Sync\(|\{[^}]*\bexec(File)?\b[^}]*\} from 'node:child_process'/;

test('S24 the server runs no text as code and starts no shell', () => {
  expect(server.length).toBeGreaterThan(200);
  expect(holding(code)).toEqual([]);
});

test.each([
  "import { exec } from 'node:child_process';",
  "spawn('x', { shell: true })",
  'eval(text)',
  'new Function(text)',
  "import { runInNewContext } from 'node:vm';",
])('S24 %s would be seen', (text) => {
  expect(code.test(text)).toBe(true);
});

test('S24 no regular expression is built from input', () => {
  // The settings put theirs together from constants, before anything is read.
  expect(holding(/\bRegExp\(/).filter((file) => file !== 'config/schema.ts')).toEqual([]);
});

test('S24 no client of ours takes any certificate', () => {
  expect(holding(/rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|checkServerIdentity|insecureHTTPParser/)).toEqual([]);
});

/** Where chance only spreads work or pauses: nobody gains by guessing it. */
const spreading =
  /^src\/(jobs\/(worker|faults|job-store)|wecom\/budget|db\/database|features\/kernel\/webhooks\/sender)\.ts$|^src\/sandbox\//;

test('S24 chance that matters comes from the secure generator', () => {
  expect(holding(/Math\.random/).filter((file) => !spreading.test(file))).toEqual([]);
});

test('S24 the browser keeps nothing but preferences', () => {
  const storage = /localStorage|sessionStorage|indexedDB|document\.cookie|\bpersist\(|\bcaches\./;
  expect(holding(storage, web)).toEqual(['web/src/preferences.ts']);
});
