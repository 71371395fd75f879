import { chunksOf } from '../../../core/collections';
import { isErrcode, pages, type Staff } from '../../../wecom';
import { isRefusal } from '../../../wecom/errors';
import { isSuspiciousShrink, type Phase, type PhaseContext, type PhaseDeps } from './phase';

/** Departments and members. Who is in no list is asked about once more before being called a leaver. */
export function directoryPhase({ db, wecom, staff }: PhaseDeps): Phase {
  const api = wecom.directory;

  async function run(context: PhaseContext): Promise<void> {
    const readAt = db.now();
    const departments = await api.departments(context.calls);
    await context.save(async () => {
      const changes = await staff.mirrorDepartments(departments, readAt);
      tally(context, departments.length, changes);
    });
    const shown = await readMembers(
      context,
      departments.map((d) => d.id),
    );
    const all = await readIds(context);
    const hidden = [...all].filter((userid) => !shown.has(userid.toLowerCase()));
    for (const userid of hidden) await readOne(context, userid, shown);
    for (const chunk of chunksOf([...shown.values()], 200)) {
      await context.save(async () => tally(context, chunk.length, await staff.mirror(chunk, readAt)));
    }
    await settleLeavers(context, new Set([...shown.keys(), ...[...all].map((id) => id.toLowerCase())]));
  }

  async function readMembers(context: PhaseContext, departmentIds: number[]): Promise<Map<string, Staff>> {
    const shown = new Map<string, Staff>();
    for (const id of departmentIds) {
      for (const member of await membersOf(context, id)) shown.set(member.userid.toLowerCase(), member);
    }
    return shown;
  }

  async function membersOf(context: PhaseContext, departmentId: number): Promise<Staff[]> {
    try {
      return await api.staffOfDepartment(departmentId, context.calls);
    } catch (error) {
      if (!isRefusal(error) && !isErrcode(error, [60003, 60123, 40066])) throw error;
      context.counts.unknown += 1;
      return [];
    }
  }

  /** Everyone, when the contacts secret is there to ask with; else nobody, and then nobody is missed. */
  async function readIds(context: PhaseContext): Promise<Set<string>> {
    const ids = new Set<string>();
    try {
      for await (const page of pages((cursor) => api.staffIds(cursor, context.calls))) {
        for (const { userid } of page.items) ids.add(userid);
      }
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
    return ids;
  }

  /** A member outside the app's visible range: only the id is known. */
  async function readOne(context: PhaseContext, userid: string, shown: Map<string, Staff>): Promise<void> {
    const member = await readMember(context, userid);
    if (member) shown.set(userid.toLowerCase(), member);
    else {
      context.counts.unknown += 1;
      await db.transact(() => staff.resolve([userid]));
    }
  }

  /** @returns null for a leaver, undefined when we may not ask */
  async function readMember(context: PhaseContext, userid: string): Promise<Staff | null | undefined> {
    try {
      return await api.staff(userid, context.calls);
    } catch (error) {
      if (isRefusal(error)) return undefined;
      throw error;
    }
  }

  async function settleLeavers(context: PhaseContext, present: Set<string>): Promise<void> {
    const known = (await staff.store.all()).filter((row) => row.departed_at === null);
    const absent = known.filter((row) => !present.has(row.userid_key));
    if (isSuspiciousShrink(absent.length, known.length)) {
      const detail = { vanished: absent.length, held: known.length };
      await context.save(async () => {
        context.counts.vanished += absent.length;
        context.report({ kind: 'staff_shrank', state: 'held', explanation: 'scope_changed', detail });
      });
      return;
    }
    const gone: string[] = [];
    for (const row of absent) if ((await readMember(context, row.userid)) === null) gone.push(row.userid);
    await context.save(async () => {
      context.counts.vanished += gone.length;
      tally(context, 0, await staff.depart(gone, db.now(), 'list'));
    });
  }

  return { name: 'directory', run };
}

function tally(
  context: PhaseContext,
  seen: number,
  changes: { kind: string; subject: string; detail: object }[],
): void {
  context.counts.seen += seen;
  for (const { kind, subject, detail } of changes) {
    if (kind.endsWith('_appeared')) context.counts.added += 1;
    else context.counts.changed += 1;
    const about = kind.startsWith('staff_') ? { userid: subject } : { subject };
    context.report({ kind, ...about, state: 'applied', detail });
  }
}
