import type { InterceptRule } from '../../../wecom';
import type { Difference } from './interception.schema';
import { without } from './wanted';

type Field = Difference['field'];

/** What somebody else made of a rule of ours. */
export function differencesOf(ours: InterceptRule, theirs: InterceptRule): Difference[] {
  const lists: readonly [Field, readonly string[], readonly string[]][] = [
    ['name', [ours.name], [theirs.name]],
    ['words', ours.words, theirs.words],
    ['type', [ours.type], [theirs.type]],
    ['semantics', ours.semantics, theirs.semantics],
    ['userids', ours.range.userids, theirs.range.userids],
    ['departments', ours.range.department_ids.map(String), theirs.range.department_ids.map(String)],
  ];
  return lists.flatMap(([field, mine, yours]) => {
    const [added, removed] = [without(yours, mine), without(mine, yours)];
    return added.length + removed.length > 0 ? [{ field, added, removed }] : [];
  });
}
