import {
  type QueryRunner,
  Table,
  TableColumn,
  type TableColumnOptions,
  TableIndex,
  type TableIndexOptions,
} from 'typeorm';
import { type Dialect, portableType } from './columns';

type Shape = (dialect: Dialect) => Omit<TableColumnOptions, 'name'>;

export const dialectOf = (runner: QueryRunner): Dialect =>
  runner.connection.options.type === 'better-sqlite3' ? 'sqlite' : 'mysql';

/** Portable columns. Nothing is nullable and nothing has a default unless it says so. */
export const c = {
  counter: (): Shape => (d) => ({
    ...(portableType('counter', d) as { type: string }),
    isPrimary: true,
    isGenerated: true,
    generationStrategy: 'increment',
  }),
  id:
    (length = 64): Shape =>
    () => ({ type: 'varchar', length: String(length) }),
  text:
    (length: number): Shape =>
    () => ({ type: 'varchar', length: String(length) }),
  longText: (): Shape => (d) => portableType('longText', d) as { type: string },
  instant: (): Shape => (d) => portableType('instant', d) as { type: string },
  integer: (): Shape => (d) => ({ type: d === 'mysql' ? 'int' : 'integer' }),
  bigint: (): Shape => () => ({ type: 'bigint' }),
  boolean: (): Shape => (d) => (d === 'mysql' ? { type: 'tinyint', width: 1 } : { type: 'boolean' }),
  primary:
    (shape: Shape): Shape =>
    (d) => ({ ...shape(d), isPrimary: true }),
  nullable:
    (shape: Shape): Shape =>
    (d) => ({ ...shape(d), isNullable: true }),
};

export const index = (name: string, ...columnNames: string[]): TableIndexOptions => ({ name, columnNames });
export const unique = (name: string, ...columnNames: string[]): TableIndexOptions => ({
  name,
  columnNames,
  isUnique: true,
});

/** Creates a table unless a migration that was killed half-way made it already (O4). */
export async function createTable(
  runner: QueryRunner,
  name: string,
  columns: Record<string, Shape>,
  indices: TableIndexOptions[] = [],
): Promise<void> {
  const dialect = dialectOf(runner);
  const table = new Table({
    name,
    columns: Object.entries(columns).map(([column, shape]) => ({ name: column, ...shape(dialect) })),
    indices,
  });
  await runner.createTable(table, true);
}

/** Adds a column unless a migration that was killed half-way has done so. Old rows hold NULL: it must be nullable. */
export async function addColumn(runner: QueryRunner, table: string, name: string, shape: Shape): Promise<void> {
  if (await runner.hasColumn(table, name)) return;
  await runner.addColumn(table, new TableColumn({ name, ...shape(dialectOf(runner)) }));
}

/** Adds an index to a table of an older migration unless a migration that was killed half-way has done so. */
export async function addIndex(runner: QueryRunner, table: string, options: TableIndexOptions): Promise<void> {
  const found = await runner.getTable(table);
  if (found?.indices.some(({ name }) => name === options.name)) return;
  await runner.createIndex(table, new TableIndex(options));
}

/** Evidence tables: the database itself refuses to change or remove a row. */
export async function guardInsertOnly(runner: QueryRunner, table: string): Promise<void> {
  for (const verb of ['UPDATE', 'DELETE']) {
    const name = `TRG_${table}_no_${verb.toLowerCase()}`;
    const refusal = `${table} is insert-only`;
    await runner.query(`DROP TRIGGER IF EXISTS ${name}`);
    await runner.query(
      dialectOf(runner) === 'sqlite'
        ? `CREATE TRIGGER ${name} BEFORE ${verb} ON ${table} BEGIN SELECT RAISE(ABORT, '${refusal}'); END`
        : `CREATE TRIGGER ${name} BEFORE ${verb} ON ${table} FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${refusal}'`,
    );
  }
}
