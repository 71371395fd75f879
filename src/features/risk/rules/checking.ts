import { type Database, placeholders } from '../../../db/database';
import type { RuleDefinition } from './definition.schema';
import { checkPattern, PatternFault } from './engine';
import { fieldFaults } from './rules.errors';

interface Fault {
  path: string;
  rule: 'pattern' | 'unknown';
  message: string;
}

/** What a definition names beyond itself: patterns that can be read, and lists, departments, tags and staff that are there. */
export function createChecking(db: Database) {
  async function unknown<T extends string | number>(path: string, named: readonly T[], sql: string): Promise<Fault[]> {
    const ids = [...new Set(named)];
    if (ids.length === 0) return [];
    const rows = await db.query<{ id: unknown }>(`${sql} IN (${placeholders(ids.length)})`, ids);
    const known = new Set(rows.map(({ id }) => String(id)));
    const missing = ids.filter((id) => !known.has(String(id)));
    return missing.map((id) => ({ path: `definition.${path}`, rule: 'unknown', message: `${id} is not known` }));
  }

  /** @throws http.validation, which names all that is wrong */
  return async ({ matchers, conditions }: RuleDefinition): Promise<void> => {
    const { departments, tags, staff_excepted } = conditions;
    const lists = matchers.map((matcher) => (matcher.kind === 'words' ? matcher.lists : []));
    const excepted = staff_excepted.map((userid) => userid.toLowerCase());
    const checked = await Promise.all([
      ...lists.map((ids, i) => unknown(`matchers.${i}.lists`, ids, 'SELECT id FROM archive_word_list WHERE id')),
      unknown('conditions.departments', departments, 'SELECT id FROM department WHERE deleted_at IS NULL AND id'),
      unknown('conditions.tags', tags, 'SELECT tag_id AS id FROM corp_tag WHERE deleted_at IS NULL AND tag_id'),
      unknown('conditions.staff_excepted', excepted, 'SELECT userid_key AS id FROM staff WHERE userid_key'),
    ]);
    const faults = [...patternFaults(matchers), ...checked.flat()];
    if (faults.length > 0) throw fieldFaults(faults);
  };
}

const patternFaults = (matchers: RuleDefinition['matchers']): Fault[] =>
  matchers.flatMap((matcher, i) => {
    const message = matcher.kind === 'pattern' ? faultOf(matcher.pattern) : undefined;
    return message === undefined
      ? []
      : [{ path: `definition.matchers.${i}.pattern`, rule: 'pattern' as const, message }];
  });

function faultOf(pattern: string): string | undefined {
  try {
    checkPattern(pattern);
    return undefined;
  } catch (error) {
    if (error instanceof PatternFault) return error.message;
    throw error;
  }
}
