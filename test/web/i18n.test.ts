import { readdirSync } from 'node:fs';
import { join } from 'node:path';

type Texts = { [key: string]: string | Texts };

const folder = join(__dirname, '../../web/src/i18n');
const areas = readdirSync(join(folder, 'zh-CN'))
  .filter((file) => file !== 'index.ts')
  .map((file) => file.replace('.ts', ''));

/** Every text under its dotted key. */
const flat = (texts: Texts, prefix = ''): [key: string, text: string][] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flat(value, `${prefix}${key}.`),
  );

async function textsOf(language: string, area: string): Promise<Map<string, string>> {
  const exported: Record<string, Texts> = await import(join(folder, language, `${area}.ts`));
  return new Map(Object.values(exported).flatMap((texts) => flat(texts)));
}

const namesIn = (text: string): string[] =>
  [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1] ?? '').sort((a, b) => a.localeCompare(b));

test('both languages have the same areas', () => {
  expect(readdirSync(join(folder, 'en')).sort()).toEqual(readdirSync(join(folder, 'zh-CN')).sort());
  expect(areas.length).toBeGreaterThan(10);
});

describe.each(areas)('%s', (area) => {
  test('both languages have the same keys, none empty', async () => {
    const zh = await textsOf('zh-CN', area);
    const en = await textsOf('en', area);
    expect([...en.keys()]).toEqual([...zh.keys()]);
    expect([...zh, ...en].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test('both languages fill in the same values', async () => {
    const en = await textsOf('en', area);
    const differing = [...(await textsOf('zh-CN', area))].filter(
      ([key, text]) => namesIn(text).join() !== namesIn(en.get(key) ?? '').join(),
    );
    expect(differing).toEqual([]);
  });

  test('English holds no Chinese but the names of things, in brackets', async () => {
    const outside = (text: string) => text.replaceAll(/\([^)]*\)/g, '');
    const chinese = [...(await textsOf('en', area))].filter(([, text]) => /\p{Script=Han}/u.test(outside(text)));
    expect(chinese).toEqual([]);
  });
});
