import { hash } from 'node:crypto';
import { chunksOf } from '../../../core/collections';
import { type InterceptRange, type InterceptRule, interceptLimits } from '../../../wecom';
import type { Plan } from './interception.store';

/** A word list, as far as it matters here. */
export interface Words {
  name: string;
  enabled: boolean;
  version: number;
  words: readonly string[];
}

/** Letters of the list's name that fit into a rule's. */
const nameLength = 10;

export const fits = (word: string): boolean => [...word].length <= interceptLimits.word;

/**
 * A rule's name: people recognise the list, and it is ours alone, so that a rule whose creation was never heard of is
 * found by it.
 */
export const nameOf = ({ id }: Pick<Plan, 'id'>, list: Pick<Words, 'name'>, part: number): string =>
  `${[...list.name].slice(0, nameLength).join('')} ${hash('sha256', id).slice(0, 6)}-${part}`;

/** The words of each rule: a list that is off, or a plan that goes, has none. */
export const partsOf = ({ removed_at }: Plan, list: Words): string[][] =>
  removed_at !== null || !list.enabled ? [] : [...chunksOf(list.words.filter(fits), interceptLimits.words)];

export const wantedRule = ({ type, semantics, range }: Plan, name: string, words: string[]): InterceptRule => ({
  ...{ name, words, type, semantics, range },
});

/** As many of them as a call takes, so often as it needs. */
export function chunksOfRange({ userids, department_ids }: InterceptRange): InterceptRange[] {
  const nodes = [
    ...department_ids.map((id) => ({ id, userid: undefined })),
    ...userids.map((userid) => ({ id: undefined, userid })),
  ];
  return [...chunksOf(nodes, interceptLimits.nodes)].map((chunk) => ({
    userids: chunk.flatMap(({ userid }) => userid ?? []),
    department_ids: chunk.flatMap(({ id }) => id ?? []),
  }));
}

/** What is in the one and not in the other. */
export const without = <T>(these: readonly T[], those: readonly T[]): T[] => {
  const known = new Set(those);
  return these.filter((one) => !known.has(one));
};
