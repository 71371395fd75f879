import { hash } from 'node:crypto';
import { instantText } from '../../../db/database';

/** What a canonical form is made of: text and numbers as the database holds them. */
export type Scalar = string | number | null;

/** One link of the chain, as stored and as exported. */
export interface Link {
  n: number;
  stream: string;
  row_id: number;
  form: number;
  /** As SQL spells it, so that every byte counts. */
  sealed_at: string;
  leaf: string;
  link: string;
}

const sha256 = (text: string): string => hash('sha256', text);

/** Version, stream and id belong to the form: a row that poses as another has another leaf. */
export const canonical = (form: number, stream: string, id: number, fields: readonly Scalar[]): string =>
  JSON.stringify([form, stream, id, ...fields]);

export const leafOf = (canon: string): string => sha256(`\u0000${canon}`);

export interface Chain {
  corp: string;
  /** What the first link goes on from. */
  genesis: string;
  next(previous: string, link: Pick<Link, 'n' | 'sealed_at' | 'leaf'>): string;
}

/** The chain of one company. The leading bytes keep leaves, links and the genesis from passing for each other. */
export function chainOf(corp: string): Chain {
  const name = JSON.stringify(corp);
  const before = `\u0001${name}:`;
  return {
    corp,
    genesis: sha256(`\u0002${name}:evidence 1`),
    next: (previous, { n, sealed_at, leaf }) => sha256(`${before}${n}:${sealed_at}:${previous}:${leaf}`),
  };
}

/** ISO text of an instant as SQL spells it. */
export const isoOf = (sql: string): string => `${sql.replace(' ', 'T')}Z`;

/** A link as either driver gives it. */
export interface StoredLink extends Omit<Link, 'n' | 'row_id' | 'sealed_at'> {
  n: number | string;
  row_id: number | string;
  sealed_at: unknown;
}

export const linkColumns = ['n', 'stream', 'row_id', 'form', 'sealed_at', 'leaf', 'link'];

export const toLink = ({ n, stream, row_id, form, sealed_at, leaf, link }: StoredLink): Link => ({
  n: Number(n),
  stream,
  row_id: Number(row_id),
  form,
  sealed_at: instantText(sealed_at),
  leaf,
  link,
});
