import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const allowed = new Set([
  ...['MIT', 'MIT-0', 'ISC', 'BSD', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'Unlicense'],
  ...['CC0-1.0', 'Python-2.0', 'MPL-2.0'],
]);

/** Licences that are allowed for these packages only. */
const exceptions: [RegExp, string][] = [
  [/^node_modules\/@fontsource\//, 'OFL-1.1'],
  // sharp's prebuilt libvips: a separate shared library, unmodified.
  [/^node_modules\/@img\/sharp-libvips-/, 'LGPL-3.0-or-later'],
  // No licence field in its package file; its text says MIT.
  [/(^|\/)node_modules\/buffers$/, 'unknown'],
  // Another name of MIT.
  [/(^|\/)node_modules\/chainsaw$/, 'MIT/X11'],
  // Under exceljs. Part of it is a port of zlib and keeps its licence, which asks for no more than MIT does.
  [/(^|\/)node_modules\/pako$/, '(MIT AND Zlib)'],
];

interface Locked {
  dev?: boolean;
  devOptional?: boolean;
  link?: boolean;
}

interface Manifest {
  license?: string | { type?: string };
  licenses?: { type?: string }[];
}

const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8'));

const lock = readJson<{ packages: Record<string, Locked> }>('package-lock.json').packages;
const production = Object.entries(lock)
  .filter(([path, { dev, link }]) => path.includes('node_modules/') && !dev && !link)
  .map(([path]) => path)
  .filter((path) => existsSync(join(path, 'package.json')));

function licenceOf(path: string): string {
  const { license, licenses } = readJson<Manifest>(join(path, 'package.json'));
  if (typeof license === 'string') return license;
  return license?.type ?? licenses?.map(({ type }) => type ?? 'unknown').join(' OR ') ?? 'unknown';
}

/** One side of every OR must be allowed, and both sides of every AND. */
const isAllowed = (licence: string): boolean =>
  licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((side) => side.split(' AND ').every((name) => allowed.has(name.trim())));

test('S22 every production package has a licence we may use', () => {
  const refused = production
    .map((path) => ({ path, licence: licenceOf(path) }))
    .filter(({ licence }) => !isAllowed(licence))
    .filter(({ path, licence }) => !exceptions.some(([pattern, name]) => pattern.test(path) && name === licence));
  expect(refused).toEqual([]);
  expect(production.length).toBeGreaterThan(100);
});

test.each([
  ['(MIT OR GPL-3.0)', true],
  ['MIT AND Apache-2.0', true],
  ['MIT AND GPL-3.0', false],
  ['AGPL-3.0', false],
  ['unknown', false],
])('the licence %s is allowed: %s', (licence, expected) => {
  expect(isAllowed(licence)).toBe(expected);
});
