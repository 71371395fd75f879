import type { Department as WecomDepartment, Staff as WecomStaff } from '../../../wecom';
import type { Department, StaffDepartment, StaffStatus } from './staff.entity';

const statusOf: Record<number, StaffStatus> = { 1: 'active', 2: 'disabled', 4: 'inactive', 5: 'left' };

const known = new Set([
  'userid',
  'name',
  'department',
  'order',
  'main_department',
  'is_leader_in_dept',
  'direct_leader',
  'position',
  'status',
  'alias',
  'avatar',
]);

export function columnsOf({ raw, ...shown }: WecomStaff) {
  const extra = Object.entries(raw).filter(([key]) => !known.has(key));
  const status = statusOf[shown.status] ?? 'unknown';
  return {
    userid: shown.userid,
    name: orNull(shown.name),
    alias: orNull(shown.alias),
    position: orNull(shown.position),
    avatar: orNull(shown.avatar),
    status,
    main_department_id: shown.main_department,
    direct_leaders: JSON.stringify(shown.direct_leaders),
    extra: extra.length > 0 ? JSON.stringify(Object.fromEntries(extra)) : null,
    ...(status === 'left' ? {} : { departed_at: null }),
  };
}

const orNull = (text: string): string | null => text || null;

export const placesOf = (shown: WecomStaff): Omit<StaffDepartment, 'staff_id'>[] =>
  shown.department_ids.map((department_id, i) => ({ department_id, is_leader: shown.leader_in[i] ?? false }));

export const samePlaces = (a: Omit<StaffDepartment, 'staff_id'>[], b: StaffDepartment[]): boolean =>
  a.length === b.length &&
  a.every((p) => b.some((q) => q.department_id === p.department_id && q.is_leader === p.is_leader));

export function compareDepartment(shown: WecomDepartment, old: Department | undefined, now: Date) {
  const row = departmentOf(shown, old, now);
  const kind = old ? ('department_changed' as const) : ('department_appeared' as const);
  return { row, change: { kind, subject: String(shown.id), detail: differing(old, row) } };
}

const departmentOf = (shown: WecomDepartment, old: Department | undefined, now: Date): Department => ({
  id: shown.id,
  name: orNull(shown.name) ?? old?.name ?? null,
  name_en: orNull(shown.name_en) ?? old?.name_en ?? null,
  parent_id: shown.parent_id || null,
  sort: shown.order,
  leaders: JSON.stringify(shown.leaders),
  deleted_at: null,
  updated_at: now,
});

/** Fields that differ, as `{field: [before, after]}`; every field when there was nothing before. */
export function differing<T extends object>(before: T | undefined, after: T): Record<string, unknown> {
  const keys = (Object.keys(after) as (keyof T & string)[]).filter(
    (key) => key !== 'updated_at' && key !== 'created_at',
  );
  const changed = keys.filter((key) => !same(before?.[key], after[key]));
  return Object.fromEntries(changed.map((key) => [key, [before?.[key] ?? null, after[key]]]));
}

const same = (a: unknown, b: unknown): boolean =>
  a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b;
