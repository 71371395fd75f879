import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { filesBelow } from './files';

test('S22 the lock file records no download addresses: any registry may serve the packages', () => {
  const text = readFileSync('package-lock.json', 'utf8');
  expect(text.match(/"resolved": *"https?:[^"]*"/g)).toBeNull();
  expect(text.match(/"integrity":/g)?.length).toBeGreaterThan(100);
});

test('S22 only the packages that are named may run install scripts, and all of them are needed', () => {
  const { allowScripts, dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    allowScripts: Record<string, boolean>;
    dependencies: Record<string, string>;
  };
  expect(Object.keys(allowScripts).filter((name) => !(name in dependencies))).toEqual([]);
});

/** Addresses that stand in the code of libraries as names or help texts and are never asked for anything. */
const onlyNames = new Set([
  ...['www.w3.org', 'react.dev', 'reactjs.org', 'reactrouter.com', 'ant.design', 'u.ant.design', 'github.com'],
  ...['fb.me', 'ant-design.antgroup.com', 'localhost', '127.0.0.1', 'example.com', 'tanstack.com', 'i18next.com'],
  ...['www.i18next.com', 'json-schema.org', 'react.i18next.com', 'redux.js.org', 'mui.com', 'locize.com'],
]);

const hostsIn = (file: string): string[] =>
  [
    ...readFileSync(file, 'utf8').matchAll(/(?:https?:)?\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+|localhost)(?=[/"'`?#:)\s])/gi),
  ].map(([, host = '']) => host.toLowerCase());

/** What a browser fetches by itself. */
const fetches =
  /(?:src|href|action|srcset)=["']?(?:https?:)?\/\/|url\(["']?(?:https?:)?\/\/|@import ["'](?:https?:)?\/\//i;

test('S22 the web console asks no foreign host', () => {
  const pages = ['web/index.html', ...filesBelow(['web/public'], /./), ...builtFiles(/\.(html|css|svg)$/)];
  expect(pages.filter((file) => existsSync(file) && fetches.test(readFileSync(file, 'utf8')))).toEqual([]);
  const scripts = [...filesBelow(['web/src'], /\.(tsx?|css)$/), ...builtFiles(/\.js$/)];
  const foreign = scripts.flatMap((file) => hostsIn(file).map((host) => ({ file, host })));
  expect(foreign.filter(({ host }) => !onlyNames.has(host))).toEqual([]);
});

function builtFiles(pattern: RegExp): string[] {
  const folder = 'web/dist';
  return existsSync(folder)
    ? filesBelow([`${folder}/assets`], pattern).concat(existing(`${folder}/index.html`, pattern))
    : [];
}

const existing = (file: string, pattern: RegExp): string[] => (existsSync(file) && pattern.test(file) ? [file] : []);

test.each([
  ['<script src="https://cdn.example.net/x.js">', true],
  ['<link href="//fonts.example.net/css">', true],
  ['a { background: url(https://x.example.net/a.png) }', true],
  ['<script src="/assets/x.js">', false],
])('%s is seen as a foreign fetch: %s', (text, expected) => {
  expect(fetches.test(text)).toBe(expected);
});

test('S22 the top level holds what belongs there, and nothing left behind', () => {
  const folders = ['bench', 'callbacks', 'config', 'docs', 'scripts', 'src', 'test', 'web'];
  const documents = ['CHANGELOG.md', 'Dockerfile', 'README.md', 'openapi.json', 'ormconfig.ts'];
  const tools = [
    'biome.json',
    'compose.yaml',
    'package-lock.json',
    'package.json',
    'tsconfig.build.json',
    'tsconfig.json',
  ];
  const made = ['coverage', 'data', 'dist', 'node_modules'];
  const known = new Set([...folders, ...documents, ...tools, ...made]);
  expect(readdirSync('.').filter((name) => !name.startsWith('.') && !known.has(name))).toEqual([]);
});
