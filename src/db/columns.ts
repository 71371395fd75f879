import { Column, type ColumnOptions, getMetadataArgsStorage, PrimaryColumn } from 'typeorm';

/** The two families of SQL we render for. */
export type Dialect = 'sqlite' | 'mysql';

type Kind = 'longText' | 'instant' | 'counter';
const kinds = new WeakMap<ColumnOptions, Kind>();

/** Text beyond 16 KB, envelopes, serialised objects: `longtext` on MySQL, `text` on SQLite. */
export const LongText = (options: ColumnOptions = {}) => portable('longText', Column({ type: 'text', ...options }));

/** An instant with milliseconds, UTC. */
export const Instant = (options: ColumnOptions = {}) => portable('instant', Column({ type: 'datetime', ...options }));

/** The counter of a stream: `bigint`, on SQLite `integer`, which is as wide. */
export const Counter = () => portable('counter', PrimaryColumn({ type: 'bigint', generated: 'increment' }));

/** An id as WeCom or we spell it. Compared byte by byte on every database. */
export const Id = (length = 64, options: ColumnOptions = {}) => Column({ type: 'varchar', length, ...options });
export const PrimaryId = (length = 64) => PrimaryColumn({ type: 'varchar', length });

function portable(kind: Kind, decorate: PropertyDecorator): PropertyDecorator {
  return (target, property) => {
    decorate(target, property);
    const column = getMetadataArgsStorage().columns.at(-1);
    if (column) kinds.set(column.options, kind);
  };
}

/** The types that differ between databases, shared with the migrations. */
export const portableType = (kind: Kind, dialect: Dialect): Pick<ColumnOptions, 'type' | 'precision'> => {
  if (kind === 'longText') return { type: dialect === 'mysql' ? 'longtext' : 'text' };
  if (kind === 'counter') return { type: dialect === 'mysql' ? 'bigint' : 'integer' };
  return dialect === 'mysql' ? { type: 'datetime', precision: 3 } : { type: 'datetime' };
};

/**
 * Settles the types that differ between databases. TypeORM reads them when a DataSource is built, and a process
 * uses one kind of database, so this is called just before.
 */
export function settleColumnTypes(dialect: Dialect): void {
  for (const { options } of getMetadataArgsStorage().columns) {
    const kind = kinds.get(options);
    if (!kind) continue;
    delete options.precision;
    Object.assign(options, portableType(kind, dialect));
  }
}
