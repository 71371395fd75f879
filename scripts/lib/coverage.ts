import type { TestTitle } from './test-titles';

interface Demand {
  id: string;
  about: string;
  tests: TestTitle[];
}

interface Sources {
  /** docs/ids.txt: one id a line, a tab, what it is; `# heading` begins a group. */
  ids: string;
  /** docs/left-out.md, taken over as it is. */
  leftOut: string;
  titles: TestTitle[];
}

const intro = `# Coverage

Printed by \`npm run coverage:docs\` from the titles of the tests and from [ids.txt](ids.txt), the list of everything demanded.
A demand counts as shown when the title of at least one test carries its id. What an id has no test for is not claimed.
`;

/** The text of docs/coverage.md. */
export function coveragePage({ ids, leftOut, titles }: Sources): string {
  const groups = parseGroups(ids, titlesById(titles));
  const all = groups.flatMap(({ demands }) => demands);
  const shown = all.filter(({ tests }) => tests.length > 0).length;
  const summary = `**${shown} of ${all.length}** demands have a test.\n`;
  const overview = table(['', 'with a test', 'of'], groups.map(overviewRow));
  return [intro, summary, overview, leftOut.trim(), '', ...groups.map(section)].join('\n');
}

/** Ids are looked up as whole words: `E1` is not in `E12`, nor in `QUE1`. */
function titlesById(titles: TestTitle[]): Map<string, TestTitle[]> {
  const byId = new Map<string, TestTitle[]>();
  for (const title of titles) {
    for (const word of new Set(title.title.match(/\b[A-Z]{1,3}-?\d{1,2}\b/g))) {
      byId.set(word, [...(byId.get(word) ?? []), title]);
    }
  }
  return byId;
}

function parseGroups(ids: string, byId: Map<string, TestTitle[]>): { heading: string; demands: Demand[] }[] {
  const groups: { heading: string; demands: Demand[] }[] = [];
  for (const line of ids.split('\n').filter(Boolean)) {
    if (line.startsWith('# ')) groups.push({ heading: line.slice(2), demands: [] });
    const [id = '', about = ''] = line.split('\t');
    if (about) groups.at(-1)?.demands.push({ id, about, tests: byId.get(id) ?? [] });
  }
  return groups;
}

const overviewRow = ({ heading, demands }: { heading: string; demands: Demand[] }): string[] => [
  heading,
  String(demands.filter(({ tests }) => tests.length > 0).length),
  String(demands.length),
];

function section({ heading, demands }: { heading: string; demands: Demand[] }): string {
  const rows = demands.map(({ id, about, tests }) => [id, about, filesOf(tests) || '**no test**']);
  return `## ${heading}\n\n${table(['id', 'demand', 'shown by'], rows)}`;
}

const filesOf = (tests: TestTitle[]): string =>
  [...new Set(tests.map(({ file }) => file))].map((file) => `[${file.split('/').at(-1)}](../${file})`).join(', ');

const table = (head: string[], rows: string[][]): string =>
  `${[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
