import { seconds } from '../../../core/clock';
import type { ExternalContact, Relation } from '../external-contacts';
import type { PhaseDeps } from './phase';

/** An add is told by its event and by the list, which may be a second apart. */
const sameAddMs = seconds(5);

interface Looked {
  /** In our copy, and not in the list. */
  gone: readonly Relation[];
  staffId: string;
  /** Whom the list shows. */
  seen: ReadonlySet<string>;
}

/**
 * Of whom the same list shows under another id, as after a migration of the company (violations §2.2 trap 11): the same
 * person, added at the same time. @returns the new id by relation
 */
export async function newIdsOf(
  { store }: Pick<PhaseDeps['externalContacts'], 'store'>,
  { gone, staffId, seen }: Looked,
): Promise<ReadonlyMap<string, string>> {
  if (gone.length === 0) return new Map();
  const listed = (await store.relationsOfStaff(staffId, ['active', 'deleted_by_external'])).filter((one) =>
    seen.has(one.external_userid),
  );
  const alike = gone.flatMap((old) => listed.filter((one) => isSameTime(old, one)).map((one) => ({ old, one })));
  const ids = alike.flatMap(({ old, one }) => [old.external_userid, one.external_userid]);
  const people = new Map((await store.contacts([...new Set(ids)])).map((one) => [one.external_userid, one]));
  const same = alike.filter(({ old, one }) =>
    isSamePerson(people.get(old.external_userid), people.get(one.external_userid)),
  );
  return new Map(same.map(({ old, one }) => [old.id, one.external_userid]));
}

const isSameTime = (a: Relation, b: Relation): boolean =>
  Math.abs(a.started_at.getTime() - b.started_at.getTime()) <= sameAddMs;

/** By the id WeChat gives a person, and only where that is unknown by name. */
function isSamePerson(a: ExternalContact | undefined, b: ExternalContact | undefined): boolean {
  if (!a || !b) return false;
  if (a.unionid !== null && b.unionid !== null) return a.unionid === b.unionid;
  return a.name !== '' && a.name === b.name && a.type === b.type;
}
