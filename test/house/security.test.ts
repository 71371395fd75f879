import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testTitles } from '../../scripts/lib/test-titles';

const statuses = ['tested', 'stated', 'gap', 'not applicable'] as const;
type Status = (typeof statuses)[number];

interface Item {
  id: string;
  level: string;
  status: Status;
  where: string;
}

const page = readFileSync('docs/security.md', 'utf8');
const listed = readFileSync('docs/asvs-ids.txt', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('V'))
  .map((line) => line.split('\t') as [id: string, level: string]);

/** What stands under a heading of the second level. */
const section = (title: string): string => page.split(/^## /m).find((text) => text.startsWith(`${title}\n`)) ?? '';

/** The rows of the tables: `| V1.1.1 | 2 | what | status | where |`. */
const items: Item[] = section('OWASP ASVS 5.0')
  .split('\n')
  .filter((line) => /^\| V\d/.test(line))
  .map((line) => {
    const [, id = '', level = '', , status = '', where = ''] = line.split('|').map((cell) => cell.trim());
    return { id, level, status: status as Status, where };
  });

const of = (status: Status): Item[] => items.filter((item) => item.status === status);

const titles = new Map<string, string[]>();
for (const { file, title } of testTitles(['test'])) titles.set(file, [...(titles.get(file) ?? []), title]);

const isShown = ({ file, words }: { file: string; words: string }): boolean =>
  titles.get(file)?.some((title) => title.includes(words)) ?? false;

const testsIn = (where: string) =>
  [...where.matchAll(/`(test\/[^`]+\.test\.ts)` “([^”]+)”/g)].map(([, file = '', words = '']) => ({ file, words }));

const pathsIn = (text: string): string[] =>
  [...text.matchAll(/`([\w.][\w./-]*)`/g)]
    .map(([, name = '']) => name)
    .filter((name) =>
      /^(docs|src|test|web|config|callbacks)\/|^[\w.-]+\.(json|yaml|md)$|^\.[a-z]+\w*ignore$/.test(name),
    );

test('S24 the list has every requirement of levels 1 and 2', () => {
  expect(listed.filter(([, level]) => level === '1')).toHaveLength(70);
  expect(listed.filter(([, level]) => level === '2')).toHaveLength(183);
  expect(new Set(listed.map(([id]) => id)).size).toBe(253);
});

test('S24 every requirement of the list is answered exactly once, under its level', () => {
  expect(items.map(({ id, level }) => [id, level])).toEqual(listed);
});

test('S24 every answer is one of four, and says something', () => {
  expect(items.filter(({ status }) => !statuses.includes(status))).toEqual([]);
  expect(items.filter(({ where }) => where.length < 4)).toEqual([]);
});

test('S24 what is called tested names tests that are there', () => {
  expect(of('tested').filter(({ where }) => testsIn(where).length === 0)).toEqual([]);
  const named = items.flatMap(({ id, where }) => testsIn(where).map((one) => ({ id, ...one })));
  expect(named.filter((one) => !isShown(one))).toEqual([]);
  const misspelt = items.filter(({ where }) => where.split('“').length - 1 !== testsIn(where).length);
  expect(misspelt).toEqual([]);
});

test('S24 what is called stated names a file or a heading that is there', () => {
  const headings = (file: string) =>
    [...readFileSync(file, 'utf8').matchAll(/^##+ (.*)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, '')
        .trim()
        .replaceAll(/\s/g, '-'),
    );
  expect(of('stated').filter(({ where }) => pathsIn(where).length === 0)).toEqual([]);
  expect(pathsIn(page).filter((path) => !existsSync(path))).toEqual([]);
  const links = [...page.matchAll(/\]\(([\w./-]*)#([\w-]+)\)/g)].map(([, file = '', anchor = '']) => ({
    file,
    anchor,
  }));
  const broken = links.filter(({ file, anchor }) => !headings(join('docs', file || 'security.md')).includes(anchor));
  expect(broken).toEqual([]);
});

test('S24 the gaps are listed openly: each of them, and nothing else', () => {
  const named = [...section('Gaps').matchAll(/\bV\d+\.\d+\.\d+\b/g)].map(([id]) => id);
  expect([...named].sort()).toEqual(
    of('gap')
      .map(({ id }) => id)
      .sort(),
  );
});

test('S24 the counts at the top are those of the tables', () => {
  const [tested, stated, gaps, foreign] = statuses.map((status) => of(status).length);
  const counts = `${tested} tested, ${stated} stated, ${gaps} gaps, ${foreign} not applicable`;
  expect(/^\*\*.*? requirements: .*?\*\*/m.exec(page)?.[0]).toBe(`**${items.length} requirements: ${counts}.**`);
});

test('S24 whoever looks for it finds it', () => {
  for (const file of ['README.md', 'docs/operating.md', 'docs/architecture.md']) {
    expect([file, readFileSync(file, 'utf8').includes('security.md')]).toEqual([file, true]);
  }
});
