import type { Vault } from '../../../core/vault';
import type { Database } from '../../../db/database';
import type { DirectoryApi, Department as WecomDepartment, Staff as WecomStaff } from '../../../wecom';
import type { DepartureNoticed, DomainEvents } from '../events';
import { columnsOf, compareDepartment, differing, placesOf, samePlaces } from './comparison';
import type { Staff, StaffDepartment, StaffFormerUserid } from './staff.entity';
import { createStaffEvents } from './staff.events';
import { createStaffStore, keyOf, stubStaff } from './staff.store';
import { createStaffViews } from './staff.views';

/** One thing in which our directory differed from WeCom's. */
export interface DirectoryChange {
  kind:
    | 'staff_appeared'
    | 'staff_changed'
    | 'staff_departed'
    | 'department_appeared'
    | 'department_changed'
    | 'department_deleted';
  subject: string;
  detail: object;
}

export type StaffService = ReturnType<typeof createStaffService>;

interface Deps {
  db: Database;
  wecom: { directory: DirectoryApi };
  vault: Vault;
  /** Called inside the transaction that changed who is where or leads whom. */
  changed(): Promise<void>;
  events: Pick<DomainEvents, 'publish'>;
}

/** The company's departments and members. Leavers stay for ever. */
export function createStaffService({ db, wecom, vault, changed, events }: Deps) {
  const store = createStaffStore({ db, vault });

  /**
   * Userid → our id. Makes a member known when only the id is. Must run inside `transact`.
   * @throws when another transaction makes the same member known: seen only once this one is tried again
   */
  async function resolve(userids: string[]): Promise<Map<string, string>> {
    if (userids.length === 0) return new Map();
    const ids = await idsByKey(userids);
    const unknown = [...new Set(userids.filter((userid) => !ids.has(keyOf(userid))))];
    for (const { userid_key, id } of await makeKnown(unknown)) ids.set(userid_key, id);
    return new Map(userids.map((userid) => [userid, mustHave(ids, userid)]));
  }

  /** Rows for members nobody knew. Where somebody else was faster, theirs counts: nothing is sealed under another id. */
  async function makeKnown(userids: string[]): Promise<Staff[]> {
    if (userids.length === 0) return [];
    await store.insertStubs(userids.map((userid) => stubStaff(userid, db.now())));
    return store.byKeys(userids);
  }

  async function idsByKey(userids: string[]): Promise<Map<string, string>> {
    const ids = new Map((await store.former(userids)).map((row) => [row.userid_key, row.staff_id]));
    for (const { userid_key, id } of await store.byKeys(userids)) ids.set(userid_key, id);
    return ids;
  }

  /** Adds to `known` whom a read shows for the first time, and to `outrun` whom somebody stored meanwhile. */
  async function meet(userids: string[], known: Map<string, Staff>, outrun: Set<string>): Promise<void> {
    const strange = userids.filter((userid) => !known.has(keyOf(userid)) && !outrun.has(keyOf(userid)));
    for (const row of await makeKnown(strange)) {
      known.set(row.userid_key, row);
      if (row.status !== 'unknown') outrun.add(row.userid_key);
    }
  }

  /**
   * Brings members in line with a read. Whom an event has changed, renamed or seen off since the read began is left
   * alone: it was faster. Must run inside `transact`.
   */
  async function mirror(shown: WecomStaff[], readAt: Date): Promise<DirectoryChange[]> {
    const userids = shown.map((s) => s.userid);
    const known = new Map((await store.byKeys(userids)).map((row) => [row.userid_key, row]));
    const outrun = changedSince(readAt, known, await store.former(userids));
    await meet(userids, known, outrun);
    const places = await store.places([...known.values()].map((row) => row.id));
    const changes: DirectoryChange[] = [];
    for (const one of shown) {
      const old = known.get(keyOf(one.userid));
      if (outrun.has(keyOf(one.userid))) continue;
      const change = await mirrorOne(
        one,
        old,
        places.filter((p) => p.staff_id === old?.id),
      );
      if (change) changes.push(change);
    }
    if (changes.length > 0) await changed();
    return changes;
  }

  async function mirrorOne(
    shown: WecomStaff,
    old: Staff | undefined,
    oldPlaces: StaffDepartment[],
  ): Promise<DirectoryChange | undefined> {
    const row = { ...(old ?? stubStaff(shown.userid, db.now())), ...columnsOf(shown) };
    const places = placesOf(shown);
    const detail = {
      ...differing(old, row),
      ...(samePlaces(places, oldPlaces) ? {} : { departments: shown.department_ids }),
    };
    if (Object.keys(detail).length === 0) return undefined;
    await store.save([{ ...row, updated_at: db.now() }]);
    await store.replacePlaces(row.id, places);
    await tellOfReturn(old, row);
    return {
      kind: old && old.status !== 'unknown' ? 'staff_changed' : 'staff_appeared',
      subject: shown.userid,
      detail: withoutExtra(detail),
    };
  }

  async function tellOfReturn(before: Staff | undefined, { userid, departed_at }: Staff): Promise<void> {
    if (!before?.departed_at || departed_at !== null) return;
    await events.publish([{ type: 'staff.returned', occurred_at: db.now(), data: { userid } }]);
  }

  /** Must run inside `transact`. */
  async function depart(userids: string[], at: Date, noticed_by: DepartureNoticed): Promise<DirectoryChange[]> {
    await resolve(userids);
    const rows = (await store.byKeys(userids)).filter((row) => row.departed_at === null);
    await store.save(rows.map((row) => ({ ...row, status: 'left', departed_at: at, updated_at: db.now() })));
    if (rows.length > 0) await changed();
    await events.publish(
      rows.map(({ userid }) => ({ type: 'staff.departed', occurred_at: at, data: { userid, noticed_by } })),
    );
    return rows.map((row) => ({ kind: 'staff_departed', subject: row.userid, detail: { departed_at: at } }));
  }

  /**
   * A member's id changed: one row changes, and the old id goes on leading here. When the new id was met before the
   * news of the change, that row gives way: its relations must be moved to the row returned as `into`.
   * Must run inside `transact`.
   */
  async function rename(from: string, to: string): Promise<{ merged: string; into: string } | undefined> {
    const [old] = await store.byKeys([from]);
    const [early] = await store.byKeys([to]);
    if (old && early && old.id === early.id) return undefined;
    if (!old) {
      const ids = await resolve([to]);
      await store.remember(from, ids.get(to) ?? '');
      return undefined;
    }
    if (early) await store.remove(early.id);
    await changed();
    await store.rename(old.id, to);
    await store.remember(from, old.id);
    return early ? { merged: early.id, into: old.id } : undefined;
  }

  /** Brings the tree in line with a read of all of it, but for what changed since. Must run inside `transact`. */
  async function mirrorDepartments(read: WecomDepartment[], readAt: Date): Promise<DirectoryChange[]> {
    const rows = await store.departments();
    const known = new Map(rows.filter((row) => row.updated_at <= readAt).map((row) => [row.id, row]));
    const shown = read.filter(({ id }) => known.has(id) || rows.every((row) => row.id !== id));
    const compared = shown.map((one) => compareDepartment(one, known.get(one.id), db.now()));
    const unlike = compared.filter(({ change }) => Object.keys(change.detail).length > 0);
    const ids = new Set(shown.map((one) => one.id));
    const gone = [...known.values()].filter((row) => !ids.has(row.id) && row.deleted_at === null);
    const deleted = gone.map((row) => ({ ...row, deleted_at: db.now(), updated_at: db.now() }));
    await store.saveDepartments([...unlike.map(({ row }) => row), ...deleted]);
    const deletions = gone.map(({ id }) => ({ kind: 'department_deleted' as const, subject: String(id), detail: {} }));
    const changes = [...unlike.map(({ change }) => change), ...deletions];
    if (changes.length > 0) await changed();
    return changes;
  }

  /** Who has the 客户联系 function, and who lost it. Must run inside `transact`. */
  async function setFollows(followers: string[], lost: string[]): Promise<void> {
    await resolve(followers);
    const rows = await store.byKeys([...followers, ...lost]);
    const gone = new Set(lost.map(keyOf));
    const unlike = rows.filter((row) => row.follows_external !== !gone.has(row.userid_key));
    await store.save(unlike.map((row) => ({ ...row, follows_external: !gone.has(row.userid_key) })));
  }

  return {
    ...createStaffViews({ db, store }),
    store,
    /** What an older version stored in plain text. */
    plainRows: [{ name: 'staff', sealNext: store.sealNext }],
    resolve,
    mirror,
    depart,
    rename,
    mirrorDepartments,
    setFollows,

    ...createStaffEvents({ db, wecom, store, resolve, mirror, depart, mirrorDepartments, changed }),
  };
}

/** What has no column holds phone, mail and address: that it changed may be told, not what it is. */
const withoutExtra = (detail: object): object => ('extra' in detail ? { ...detail, extra: ['***', '***'] } : detail);

/** A former userid may have become somebody else's; of a member who is only a name there is nothing to lose. */
function changedSince(at: Date, known: Map<string, Staff>, former: StaffFormerUserid[]): Set<string> {
  const changed = [...known.values()].filter((row) => row.updated_at > at && row.status !== 'unknown');
  const renamed = former.filter((row) => row.changed_at > at && !known.has(row.userid_key));
  return new Set([...changed, ...renamed].map((row) => row.userid_key));
}

function mustHave(ids: ReadonlyMap<string, string>, userid: string): string {
  const id = ids.get(keyOf(userid));
  if (id === undefined) throw new Error(`staff ${userid} was stored by another at the same moment`);
  return id;
}
