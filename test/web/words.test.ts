import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aboutSetting, settingNames } from '../../config/schema';
import { sealedColumns } from '../../src/features/kernel/keys/sealed-columns';
import { audit } from '../../web/src/i18n/zh-CN/audit';
import { states } from '../../web/src/i18n/zh-CN/states';
import { variables } from '../../web/src/i18n/zh-CN/variables';
import { filesBelow } from '../house/files';

const server = filesBelow(['src/features', 'src/cli'], /\.ts$/).map((file) => readFileSync(file, 'utf8'));

const wordsUnder = (texts: object): string[] =>
  Object.entries(texts).flatMap(([thing, acts]) => Object.keys(acts as object).map((act) => `${thing}.${act}`));

test('whatever the server writes into the trail has words', () => {
  const written = server.flatMap((text) =>
    [...text.matchAll(/\baction: '(\w+\.\w+)'|\brecord\([\w.]+, '(\w+\.\w+)'/g)].map(
      ([, named, given]) => named ?? given,
    ),
  );
  expect(new Set(written).size).toBeGreaterThan(25);
  const known = wordsUnder(audit.done);
  expect([...new Set(written)].filter((action) => !known.includes(action ?? ''))).toEqual([]);
});

test('every kind of run has a name, and a key rotation has words for what it is at', () => {
  const kinds = server.flatMap((text) =>
    text.includes('runs.define')
      ? [...text.matchAll(/(?:runs\.define<.*>\(|\b(?:kind|rotationKind) = )'([\w-]+)'/g)].map(([, kind]) => kind)
      : [],
  );
  expect(kinds.length).toBeGreaterThan(5);
  expect(kinds.filter((kind) => !Object.keys(states.runKind).includes(kind ?? ''))).toEqual([]);
  const phases = ['spread', 'retire', ...sealedColumns.map(({ table }) => table)];
  expect(phases.filter((phase) => !Object.keys(states.phase).includes(phase))).toEqual([]);
});

test('every setting is explained in Chinese, and in English as the server explains it', async () => {
  // By its path: the English texts take their shape from the Chinese ones, in a way only the bundler follows.
  const en: { variables: object } = await import(join(__dirname, '../../web/src/i18n/en/variables.ts'));
  expect(Object.keys(variables)).toEqual(settingNames);
  expect(en.variables).toEqual(Object.fromEntries(settingNames.map((name) => [name, aboutSetting(name).about])));
});
