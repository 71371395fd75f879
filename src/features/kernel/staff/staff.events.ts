import type { Database } from '../../../db/database';
import type { DirectoryApi, Department as WecomDepartment, Staff as WecomStaff } from '../../../wecom';
import { isRefusal } from '../../../wecom/errors';
import type { DepartureNoticed } from '../events';
import { keyOf, type StaffStore } from './staff.store';

interface Deps {
  db: Database;
  wecom: { directory: DirectoryApi };
  store: StaffStore;
  resolve(userids: string[]): Promise<Map<string, string>>;
  mirror(shown: WecomStaff[], readAt: Date): Promise<unknown>;
  depart(userids: string[], at: Date, noticedBy: DepartureNoticed): Promise<unknown>;
  mirrorDepartments(read: WecomDepartment[], readAt: Date): Promise<unknown>;
  changed(): Promise<void>;
}

/** What news of the directory leads to. Every `on…` reads first and returns the write. */
export function createStaffEvents({ db, wecom, store, resolve, mirror, depart, mirrorDepartments, changed }: Deps) {
  /** @returns null for a member who left or never was, undefined when we may not ask */
  async function readOne(userid: string): Promise<WecomStaff | null | undefined> {
    try {
      return await wecom.directory.staff(userid, { lane: 'event' });
    } catch (error) {
      if (isRefusal(error)) return undefined;
      throw error;
    }
  }

  /** Whoever came back under the same userid before the news arrived is still there. */
  async function gone(
    userid: string,
    at: Date,
    { believed, noticedBy }: { believed: boolean; noticedBy: DepartureNoticed },
  ): Promise<() => Promise<void>> {
    const readAt = db.now();
    const shown = await readOne(userid);
    return async () => {
      if (shown) await mirror([shown], readAt);
      else if (shown === null || believed) await depart([userid], at, noticedBy);
    };
  }

  return {
    /** Reads one member, then returns the write. `departments` is what the event told, for members we may not read. */
    async onChanged(userid: string, departments: number[]): Promise<() => Promise<void>> {
      const readAt = db.now();
      const shown = await readOne(userid);
      return async () => {
        if (shown) return void (await mirror([shown], readAt));
        const ids = await resolve([userid]);
        const places = departments.map((department_id) => ({ department_id, is_leader: false }));
        if (places.length === 0) return;
        await store.replacePlaces(ids.get(userid) ?? '', places);
        await changed();
      };
    },

    /** A member went out of the app's sight: gone only if WeCom no longer knows the id. */
    onOutOfSight: (userid: string, at: Date, noticedBy: DepartureNoticed = 'status') =>
      gone(userid, at, { believed: false, noticedBy }),

    /** A member is said to have left. Where we may not ask, the event is believed unless it is stale. */
    onDeparted: (userid: string, { at, stale }: { at: Date; stale: boolean }) =>
      gone(userid, at, { believed: !stale, noticedBy: 'event' }),

    /** Of those we hold for serving, whom WeCom knows: somebody may be back under the userid of a leaver. */
    async stillServing(userids: string[]): Promise<Set<string>> {
      const known = (await store.byKeys(userids)).filter((row) => row.departed_at === null && row.status !== 'unknown');
      const there = new Set<string>();
      for (const row of known) if (await readOne(row.userid)) there.add(row.userid_key);
      return new Set(userids.filter((userid) => there.has(keyOf(userid))));
    },

    async onDepartmentsChanged(): Promise<() => Promise<void>> {
      const readAt = db.now();
      const shown = await wecom.directory.departments({ lane: 'event' });
      return async () => {
        await mirrorDepartments(shown, readAt);
      };
    },
  };
}
