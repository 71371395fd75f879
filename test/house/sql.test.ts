import { filesBelow, stringsIn } from './files';

/** SQL that not every database we serve understands, or understands alike. */
const banned: [string, RegExp][] = [
  ['SKIP LOCKED: TiDB parses it and takes no lock', /\bSKIP\s+LOCKED\b/i],
  ['FOR UPDATE: SQLite has none; claim by conditional UPDATE', /\bFOR\s+UPDATE\b/i],
  ['RETURNING: MySQL has none', /\bRETURNING\b/],
  ['JSON functions differ; there are no json columns', /\bJSON_[A-Z]+\s*\(|\bjson_extract\b|->>/],
  ['cascades: each service removes what it owns', /\bON\s+DELETE\s+(CASCADE|SET)\b|^['"`]CASCADE['"`]$/i],
  [
    'REPLACE removes the old row first; use insertRows',
    /\bREPLACE\s+INTO\b|\bINSERT\s+OR\s+\w+\b|\bINSERT\s+IGNORE\b/i,
  ],
  ['window functions are outside the subset', /\bOVER\s*\(\s*(PARTITION|ORDER)\b/i],
  ['named locks are not on SQLite or TiDB; use a lease row', /\bGET_LOCK\s*\(/i],
  ['the time comes from the clock or db.now()', /\bCURRENT_TIMESTAMP\b(?!\()|\bUNIX_TIMESTAMP\s*\(/],
];

const upsert = /\bON\s+(CONFLICT|DUPLICATE\s+KEY)\b/i;

const texts = filesBelow(['src', 'callbacks'], /\.ts$/).flatMap((file) =>
  stringsIn(file).map((text) => ({ file, text })),
);

const hits = (pattern: RegExp, folder = /./): string[] =>
  texts
    .filter(({ file, text }) => folder.test(file) && pattern.test(text))
    .map(({ file, text }) => `${file}: ${text.slice(0, 120)}`);

test.each(banned)('all SQL runs on SQLite, MySQL, MariaDB and TiDB (%s)', (_why, pattern) => {
  expect(hits(pattern)).toEqual([]);
});

test('there is one upsert, in src/db', () => {
  expect(hits(upsert, /^(?!src\/db\/)/)).toEqual([]);
  expect(hits(upsert, /^src\/db\//)).not.toEqual([]);
});

test('the scan finds what it looks for', () => {
  const samples = [
    'SELECT 1 FOR UPDATE SKIP LOCKED',
    'SELECT 1 FOR UPDATE',
    'DELETE FROM a RETURNING id',
    'SELECT JSON_EXTRACT(a)',
    'REFERENCES a ON DELETE CASCADE',
    'REPLACE INTO a VALUES (1)',
    'SUM(a) OVER (PARTITION BY b)',
    'SELECT GET_LOCK(1)',
    'SELECT CURRENT_TIMESTAMP',
  ];
  expect(samples.map((sample, i) => banned[i]?.[1].test(sample))).toEqual(samples.map(() => true));
});
