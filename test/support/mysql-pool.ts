import { createHash, randomBytes } from 'node:crypto';
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';

const pool = 'test_pool';

/** One connection to the server, for as long as the work takes. */
export async function onServer<T>(server: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await createConnection({ uri: server });
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}

/** @returns its name */
export async function createDatabase(server: string, prefix = 't_'): Promise<string> {
  const name = `${prefix}${randomBytes(5).toString('hex')}`;
  await onServer(server, (c) => c.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`));
  return name;
}

export const dropDatabase = (server: string, name: string) =>
  onServer(server, (c) => c.query(`DROP DATABASE IF EXISTS ${name}`));

const prefixOfRun = (): string => `p_${process.env.TEST_RUN}_`;

/**
 * Migrated databases of this run, handed from test to test: making one takes a second and more, emptying one a tenth.
 * One whose schema a test changed is dropped instead.
 */
export const mysqlPool = (server: string) => ({
  /** @returns the name of an empty, migrated database, if one is free */
  take: (): Promise<string | undefined> =>
    onServer(server, async (c) => {
      await c.query(`CREATE DATABASE IF NOT EXISTS ${pool}`);
      await c.query(`CREATE TABLE IF NOT EXISTS ${pool}.free (name varchar(64) PRIMARY KEY, print char(64) NOT NULL)`);
      const like = `${prefixOfRun()}%`;
      const [rows] = await c.query<RowDataPacket[]>(`SELECT name FROM ${pool}.free WHERE name LIKE ? LIMIT 5`, [like]);
      for (const { name } of rows) {
        const [{ affectedRows }] = await c.query<never>(`DELETE FROM ${pool}.free WHERE name = ?`, [name]);
        if (affectedRows === 1) return String(name);
      }
      return undefined;
    }),

  create: () => createDatabase(server, prefixOfRun()),

  /** What the schema is now: give it to `giveBack`. */
  print: (name: string) => onServer(server, (c) => printOf(c, name)),

  async giveBack(name: string, print: string): Promise<void> {
    const kept = await onServer(server, async (c) => {
      if ((await printOf(c, name)) !== print) return false;
      await empty(c, name);
      await c.query(`INSERT INTO ${pool}.free VALUES (?, ?)`, [name, print]);
      return true;
    });
    if (!kept) await dropDatabase(server, name);
  },
});

async function printOf(connection: Connection, name: string): Promise<string> {
  const [columns] = await connection.query(
    'SELECT table_name, column_name, column_type FROM information_schema.columns WHERE table_schema = ? ORDER BY 1, 2',
    [name],
  );
  const [triggers] = await connection.query(
    'SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = ? ORDER BY 1',
    [name],
  );
  const [migrations] = await connection.query(`SELECT name FROM ${name}.migration ORDER BY 1`);
  return createHash('sha256')
    .update(JSON.stringify([columns, triggers, migrations]))
    .digest('hex');
}

/** TRUNCATE sets counters back to 1 and passes by the triggers that keep evidence. */
async function empty(connection: Connection, name: string): Promise<void> {
  const [tables] = await connection.query<RowDataPacket[]>(
    `SELECT table_name AS name, auto_increment AS next FROM information_schema.tables
     WHERE table_schema = ? AND table_name <> 'migration'`,
    [name],
  );
  const asked = tables.map((table) => `SELECT EXISTS(SELECT 1 FROM ${name}.${table.name}) AS filled`);
  const [filled] = await connection.query<RowDataPacket[]>(asked.join(' UNION ALL '));
  for (const [i, table] of tables.entries()) {
    if (filled[i]?.filled || Number(table.next ?? 1) > 1)
      await connection.query(`TRUNCATE TABLE ${name}.${table.name}`);
  }
}

/** Everything this run left on the server. */
export async function dropRun(server: string): Promise<void> {
  await onServer(server, async (c) => {
    const [rows] = await c.query<RowDataPacket[]>(
      'SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name LIKE ?',
      [`${prefixOfRun()}%`],
    );
    for (const { name } of rows) await c.query(`DROP DATABASE ${name}`);
  });
}
