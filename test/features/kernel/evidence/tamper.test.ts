import { sleep } from '../../../../src/core/clock';
import { type Database, type Row, toDate, type Value } from '../../../../src/db/database';
import { chance, record, sealedTrail, type Trail } from './support';

let trail: Trail;
const rows = 40;
beforeEach(async () => {
  trail = await sealedTrail(rows);
});
afterEach(() => trail.close());

const tables = {
  audit_event: {
    key: 'id',
    columns: ['id', 'at', 'actor', 'action', 'target', 'result', 'reason', 'address', 'detail'],
  },
  evidence_link: { key: 'n', columns: ['n', 'stream', 'row_id', 'form', 'sealed_at', 'leaf', 'link'] },
};
type Table = keyof typeof tables;
const numeric = new Set(['id', 'n', 'row_id', 'form']);

/** What an attack changed, as rows before it, so that it can be undone. */
type Attack = (db: Database, table: Table, pick: (below: number) => number) => Promise<string>;

const all = (db: Database, table: Table): Promise<Row[]> =>
  db.query(`SELECT * FROM ${table} ORDER BY ${tables[table].key}`);

async function restore(db: Database, table: Table, before: Row[]): Promise<void> {
  await db.transact(async () => {
    await db.execute(`DELETE FROM ${table}`);
    for (const row of before) await insert(db, table, row);
  });
}

const insert = (db: Database, table: Table, row: Row) =>
  db.execute(
    `INSERT INTO ${table} (${tables[table].columns.join(', ')}) VALUES (${tables[table].columns.map(() => '?').join(', ')})`,
    tables[table].columns.map((column) => row[column] as Value),
  );

/** Another value of the same column, often hardly another. */
function altered(column: string, value: unknown, pick: (below: number) => number): Value {
  if (column === 'at' || column === 'sealed_at') return new Date(toDate(value).getTime() + 1 + pick(1000));
  if (numeric.has(column)) return Number(value) + rows + 1 + pick(1000);
  if (value === null) return pick(2) ? '' : 'x';
  return alteredText(String(value), pick);
}

function alteredText(text: string, pick: (below: number) => number): Value {
  if (text === '') return null;
  if (pick(4) === 0) return text.slice(0, -1);
  const place = pick(text.length);
  return `${text.slice(0, place)}${text[place] === 'a' ? 'b' : 'a'}${text.slice(place + 1)}`;
}

const edit: Attack = async (db, table, pick) => {
  const { key, columns } = tables[table];
  const victims = await all(db, table);
  const victim = victims[pick(victims.length)] as Row;
  const column = columns[pick(columns.length)] as string;
  const value = altered(column, victim[column], pick);
  await db.execute(`UPDATE ${table} SET ${column} = ? WHERE ${key} = ?`, [value, victim[key] as Value]);
  return `${column} of ${victim[key]} := ${value}`;
};

const remove: Attack = async (db, table, pick) => {
  const { key } = tables[table];
  const victims = await all(db, table);
  const victim = victims[pick(victims.length)] as Row;
  await db.execute(`DELETE FROM ${table} WHERE ${key} = ?`, [victim[key] as Value]);
  return `without ${victim[key]}`;
};

/** A row that looks like its neighbours, in the middle (an id that was never given), before the first or at the end. */
const smuggle: Attack = async (db, table, pick) => {
  const { key } = tables[table];
  const victims = await all(db, table);
  const model = victims[pick(victims.length)] as Row;
  const id = pick(3) === 0 ? -pick(50) : rows + 1 + pick(500);
  await insert(db, table, { ...model, [key]: id, ...(table === 'evidence_link' ? { row_id: id } : {}) });
  return `one more at ${id}`;
};

/** Two rows take each other's place. */
const swap: Attack = async (db, table, pick) => {
  const { key } = tables[table];
  const victims = await all(db, table);
  const a = victims[pick(victims.length)] as Row;
  const others = victims.filter((row) => row[key] !== a[key]);
  const b = others[pick(others.length)] as Row;
  const set = (from: Value, to: Value) => db.execute(`UPDATE ${table} SET ${key} = ? WHERE ${key} = ?`, [to, from]);
  await set(a[key] as Value, -999_999);
  await set(b[key] as Value, a[key] as Value);
  await set(-999_999, b[key] as Value);
  return `${a[key]} and ${b[key]} swapped`;
};

const attacks = { edit, remove, smuggle, swap };

test('S16 A1 A2: 1,000 random edits, deletions, insertions and swaps of single rows are found, every one', async () => {
  const { db, evidence } = trail;
  const pick = chance(20_260_302);
  const missed: string[] = [];
  expect(await evidence.verify()).toMatchObject({ ok: true, checked: rows, faults: [] });
  for (let n = 0; n < 1000; n++) {
    const table = n % 2 ? 'audit_event' : 'evidence_link';
    const name = (['edit', 'remove', 'smuggle', 'swap'] as const)[Math.floor(n / 2) % 4] ?? 'edit';
    const before = await all(db, table);
    const what = await attacks[name](db, table, pick);
    const { ok, faults } = await evidence.verify();
    if (ok || faults.length === 0) missed.push(`${name} ${table}: ${what}`);
    await restore(db, table, before);
  }
  expect(missed).toEqual([]);
  expect(await evidence.verify()).toMatchObject({ ok: true, checked: rows });
}, 240_000);

test('S16 A2: the verdict names the row and what became of it', async () => {
  const { db, evidence } = trail;
  await db.execute("UPDATE audit_event SET actor = 'nobody' WHERE id = 7");
  await db.execute('DELETE FROM audit_event WHERE id = 11');
  const [row] = (await db.query('SELECT * FROM audit_event WHERE id = 5')) as Row[];
  await insert(db, 'audit_event', { ...row, id: 900 });
  const { faults } = await evidence.verify();
  expect(faults).toEqual([
    { kind: 'changed', n: 7, stream: 'audit', row_id: 7 },
    { kind: 'deleted', n: 11, stream: 'audit', row_id: 11 },
    { kind: 'inserted', stream: 'audit', row_id: 900 },
  ]);
});

test('A2: a missing link, a forged one and one out of its place are told apart', async () => {
  const { db, evidence } = trail;
  await db.execute('UPDATE evidence_link SET link = leaf WHERE n = 4');
  await db.execute('DELETE FROM evidence_link WHERE n = 20');
  const kinds = (await evidence.verify()).faults.map(({ kind, n }) => `${kind} ${n ?? ''}`);
  expect(kinds).toEqual(expect.arrayContaining(['link 4', 'link 5', 'gap 20']));
  expect(kinds.at(-1)).toBe('inserted ');
});

/** The attacker has the program too: everything made anew, without fault, from the changed rows. */
async function rebuild(from: Trail): Promise<void> {
  const { db, evidence } = from;
  await db.transact(async () => {
    for (const table of ['evidence_link', 'evidence_checkpoint']) await db.execute(`DELETE FROM ${table}`);
    await db.execute("INSERT INTO evidence_pending (stream, row_id) SELECT 'audit', id FROM audit_event");
  });
  await evidence.seal({ sign: true });
}

test('A3 S16: a chain that was made anew as a whole passes by itself and is found by the anchor', async () => {
  const { db, evidence, anchors } = trail;
  await evidence.anchor();
  await db.execute("UPDATE audit_event SET actor = 'nobody' WHERE id = 7");
  await rebuild(trail);
  const { ok, faults } = await evidence.verify();
  expect(ok).toBe(false);
  expect(faults).toEqual([{ kind: 'rebuilt', n: rows, detail: expect.stringContaining('anchor') }]);
  // Without the anchor nothing would tell.
  await anchors.forget();
  expect((await evidence.verify()).ok).toBe(true);
});

test('A3 S16: a tail that was cut off is found by the anchor', async () => {
  const { db, evidence, anchors } = trail;
  await evidence.anchor();
  await db.execute('DELETE FROM evidence_checkpoint');
  await db.execute('DELETE FROM evidence_link WHERE n > 30');
  await db.execute('DELETE FROM audit_event WHERE id > 30');
  const { faults } = await evidence.verify();
  expect(faults).toEqual([{ kind: 'tail_missing', n: rows, detail: expect.stringContaining('anchor') }]);
  await anchors.forget();
  expect((await evidence.verify()).ok).toBe(true);
});

test('A3: an older backup that was gone on from is found by the anchor', async () => {
  const { db, evidence } = trail;
  await evidence.anchor();
  await db.execute('DELETE FROM evidence_checkpoint');
  await db.execute('DELETE FROM evidence_link WHERE n > 30');
  await db.execute('DELETE FROM audit_event WHERE id > 30');
  await record(trail, 20);
  await evidence.seal();
  const kinds = (await evidence.verify()).faults.map(({ kind }) => kind);
  expect(kinds).toContain('rebuilt');
});

test('A3: anchors are checked themselves: an edited one, a missing one, one of a stranger', async () => {
  const { evidence, anchors } = trail;
  for (let n = 0; n < 3; n++) await evidence.anchor();
  expect(await evidence.verify()).toMatchObject({ ok: true, anchors: 3 });
  const lines = anchors.read();
  const kinds = async (changed: string[]) => {
    anchors.write(changed);
    return (await evidence.verify()).faults.map(({ kind }) => kind);
  };
  expect(await kinds(lines.map((line) => line.replace(`"n":${rows}`, `"n":${rows - 1}`)))).toContain('signature');
  expect(await kinds([lines[0], lines[2]] as string[])).toEqual(['order']);
  expect(await kinds(['{"n":1}', ...lines.slice(1)])).toContain('unreadable');
  expect(await kinds(lines)).toEqual([]);
});

test('A2: checkpoints are signed and follow each other; a key of somebody else is not taken for ours', async () => {
  const { db, evidence } = trail;
  await record(trail, 5);
  await evidence.seal({ sign: true });
  expect(await evidence.verify()).toMatchObject({ ok: true, checkpoints: 2 });
  const before = await db.query('SELECT * FROM evidence_checkpoint ORDER BY id');
  await db.execute('DELETE FROM evidence_checkpoint WHERE id = 1');
  expect((await evidence.verify()).faults.map(({ kind }) => kind)).toEqual(['order']);
  await db.execute('UPDATE evidence_checkpoint SET n = 44 WHERE id = 2');
  expect((await evidence.verify()).faults.map(({ kind }) => kind)).toContain('signature');
  expect(before).toHaveLength(2);
  await db.execute(
    "UPDATE evidence_key SET public_key = 'MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE='",
  );
  expect((await evidence.verify()).faults.map(({ kind }) => kind)).toContain('unknown_key');
});

test('S16: what was announced and is gone before it was sealed is named for good', async () => {
  const { db, evidence, logged } = trail;
  await record(trail, 2);
  await db.execute('DELETE FROM audit_event WHERE id = ?', [rows + 1]);
  await evidence.seal();
  const { faults } = await evidence.verify();
  expect(faults).toEqual([{ kind: 'deleted', n: rows + 1, stream: 'audit', row_id: rows + 1 }]);
  expect(logged).toEqual(['evidence is gone before it was sealed']);
});

test('S16: a row whose announcement was taken away is not sealed quietly but named', async () => {
  const { db, evidence } = trail;
  await record(trail, 1);
  await db.execute('DELETE FROM evidence_pending');
  await evidence.seal();
  expect((await evidence.verify()).faults).toEqual([{ kind: 'inserted', stream: 'audit', row_id: rows + 1 }]);
});

test('a verification of the new part sees what is new and whether the old part still ends as it did', async () => {
  const { db, evidence } = trail;
  const first = await evidence.verify();
  await record(trail, 5);
  await evidence.seal();
  expect(await evidence.verify({ after: first.head })).toMatchObject({ ok: true, checked: 5, after: rows });
  await db.execute('UPDATE audit_event SET actor = ? WHERE id = ?', ['nobody', rows + 2]);
  expect((await evidence.verify({ after: first.head })).faults).toMatchObject([{ kind: 'changed', row_id: rows + 2 }]);
  await db.execute('UPDATE evidence_link SET link = leaf WHERE n = ?', [rows]);
  expect((await evidence.verify({ after: first.head })).faults.map(({ kind }) => kind)).toContain('rebuilt');
});

test('what a neighbour has written and not committed is no evidence yet', async () => {
  const { db, evidence } = trail;
  // The row stands before its announcement, and is taken back.
  const act = db.transact(async () => {
    await insert(db, 'audit_event', { ...((await all(db, 'audit_event'))[0] as Row), id: 5000 });
    await sleep(100);
    throw new Error('the act failed');
  });
  const verdict = evidence.verify();
  await expect(act).rejects.toThrow('the act failed');
  expect(await verdict).toMatchObject({ ok: true, faults: [] });
});
