import { createScanner } from '../../src/core/scanner';
import {
  type CompilableRule,
  compileRules,
  compileRulesSlowly,
  type Matcher,
  type Part,
  type Subject,
} from '../../src/features/risk/rules/engine';
import { salesTalk } from '../../test/support/sales-talk';
import { type Bench, type BenchGround, type Figure, median } from './figures';
import { random } from './random';
import { chineseText } from './search-text';

const leastPerSecond = 12_000;
const [words, lists, patterns] = [50_000, 50, 200];
const options = { isStaff: () => false };

/** How many messages one core judges by a full set of rules, against looking for the words alone. */
export const rules: Bench = {
  name: 'rules',
  about: 'messages judged a second by 50,000 words in all their forms, 200 patterns and all other matchers',
  // No database is asked.
  run: async (ground) => (ground.on === 'SQLite' ? measure(ground) : []),
};

async function measure({ on, quick }: BenchGround): Promise<Figure[]> {
  const next = random(7);
  const listed = listedWords(next);
  const all = rulesOf(listed);
  const compiling = timed(() => compileRules(all, options));
  const judge = compiling.made;
  const scan = createScanner(listed);
  const subjects = subjectsOf(quick ? 20_000 : 50_000, { next, listed });
  const [judging, scanning]: [number[], number[]] = [[], []];
  let hits = 0;
  // Turned round every time, so that neither always has the better place. The first round warms up.
  for (let round = 0; round <= (quick ? 3 : 5); round++) {
    const both = [
      () => rate(judging, round, subjects, (subject) => (hits += judge(subject).length)),
      () => rate(scanning, round, subjects, ({ parts }) => scan(parts[0]?.text ?? '').length),
    ];
    for (const one of round % 2 === 0 ? both : both.reverse()) one();
  }
  if (hits === 0) throw new Error('nothing was found');
  const value = median(judging);
  const ratio = median(judging.map((one, round) => one / (scanning[round] ?? one)));
  return [
    {
      ...{ name: `messages judged on one core, of ${subjects.length}`, on, value, unit: 'messages/s' },
      baseline: { name: 'looking for the words alone, as listed', value: median(scanning), ratio },
      target: { text: '≥ 12,000 messages/s', met: value >= leastPerSecond },
      rounds: judging.map(Math.round),
    },
    { name: 'rules compiled at once', on, value: compiling.ms, unit: 'ms' },
    { name: 'longest turn when compiled slowly', on, value: await longestTurn(all), unit: 'ms' },
  ];
}

function timed<T>(make: () => T): { made: T; ms: number } {
  const began = process.cpuUsage();
  return { made: make(), ms: secondsOf(process.cpuUsage(began)) * 1000 };
}

function rate(into: number[], round: number, subjects: readonly Subject[], work: (subject: Subject) => unknown): void {
  const began = process.cpuUsage();
  for (const subject of subjects) work(subject);
  if (round > 0) into.push(subjects.length / secondsOf(process.cpuUsage(began)));
}

/** Of one core, whatever else the machine is at; what the collector of garbage does beside counts as well. */
const secondsOf = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1e6;

/** What others wait for at most while rules are compiled in steps. */
async function longestTurn(all: readonly CompilableRule[]): Promise<number> {
  let [last, longest] = [performance.now(), 0];
  let done = false;
  const watch = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!done) setImmediate(watch);
  };
  setImmediate(watch);
  await compileRulesSlowly(all, options);
  done = true;
  return longest;
}

const sign = (next: () => number): string => String.fromCharCode(0x4e00 + Math.floor(next() ** 2 * 3500));

/** Names, products and phrases: seldom two characters, mostly three and four. */
function listedWords(next: () => number): string[] {
  const listed = new Set<string>();
  while (listed.size < words) {
    const size = [2, 3, 3, 3, 4, 4, 4, 4, 5, 6][Math.floor(next() * 10)] as number;
    listed.add(Array.from({ length: next() < 0.1 && size === 2 ? 3 : size }, () => sign(next)).join(''));
  }
  return [...listed];
}

const shapes = [
  (a: string, b: string) => `${a}.{0,6}${b}`,
  (a: string, b: string) => `(${a}|${b})\\d{2,}元?`,
  (a: string) => `${a}\\s*[:：]\\s*\\d+`,
  (a: string, b: string) => `(vip|${a})${b}?\\d{3}`,
];
/** Nothing certain is in them: they run over every message. */
const unbounded = [
  '\\d{4,}\\s*(元|块|万)',
  '[a-z]{2}\\d{8,}',
  '(转|付|打)(我|给我)',
  '\\d+(折|%)off',
  '(微|薇)\\s*(信|心)',
];

function rulesOf(listed: readonly string[]): CompilableRule[] {
  const each = listed.length / lists;
  const lots = Array.from({ length: lists }, (_, i) => listed.slice(i * each, (i + 1) * each));
  const written = Array.from({ length: patterns - unbounded.length }, (_, i) => {
    const [a, b] = [listed[i * 7] as string, listed[i * 11 + 3] as string];
    return (shapes[i % shapes.length] as (typeof shapes)[number])(a.slice(0, 2), b.slice(0, 2));
  });
  const others: Matcher[] = [
    ...[...unbounded, ...written].map((pattern) => ({ kind: 'pattern' as const, pattern })),
    {
      kind: 'identifier',
      classes: ['mobile', 'bank_card', 'id_card', 'wechat_id', 'email'],
      allowed: ['demo.example'],
    },
    { kind: 'qr', classes: ['wechat_pay', 'alipay', 'wechat_person', 'wechat_group', 'unionpay'], allowed: [] },
    { kind: 'card', allowed: [] },
    { kind: 'link', allowed: ['demo.example'] },
    { kind: 'mini_program', allowed: [] },
    { kind: 'red_packet', least: 20_000 },
    { kind: 'file', names: ['客户名单', '通讯录', '底价'], md5s: [] },
  ];
  const one = (id: string, matchers: readonly Matcher[]): CompilableRule => ({
    ...{ id, matchers, exclusions: ['活动说明', '官方客服'], saidBy: 'anyone' },
  });
  return [
    ...lots.map((lot, i) => one(`words-${i}`, [{ kind: 'words', words: lot, fuzzy: true }])),
    ...others.map((matcher, i) => one(`other-${i}`, [matcher])),
  ];
}

const evasions: readonly ((word: string) => string)[] = [
  (word) => word,
  (word) => [...word].join(' '),
  (word) => [...word].join('\u200b'),
  (word) => [...word].join('❤️'),
];
const identifiers = [
  '13800138000',
  '138 0013 8000',
  '一三八零零一三八零零零',
  '6222020000000000018',
  'vx：zhang_san88',
];

/** Four in five short, some long, one in twenty with something in it. */
function subjectsOf(count: number, { next, listed }: { next: () => number; listed: readonly string[] }): Subject[] {
  const text = chineseText();
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  const short = () => (next() < 0.5 ? pick(salesTalk) : text.next());
  const planted = () => `${short()}，${next() < 0.6 ? pick(evasions)(pick(listed)) : pick(identifiers)}，${short()}`;
  return Array.from({ length: count }, (): Subject => {
    const kind = next();
    const said = kind < 0.8 ? short() : kind < 0.95 ? Array.from({ length: 6 }, short).join('\n') : planted();
    const part: Part = { path: '', type: 'text', text: said, body: { text: said }, codes: [], md5: null };
    return { sender: next() < 0.5 ? 'staff' : 'external', parts: [part] };
  });
}
