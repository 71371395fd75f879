import { maskPhone } from '../core/mask';
import { fieldAccess, type Viewer } from '../http/permissions';
import type { FieldAccess, GuardedField } from '../http/roles';
import type { RecordScope } from './ports';
import { recordError } from './record.errors';
import type { Field, RecordData, RecordType, Values } from './record-type';

const guardsOf = (type: RecordType): GuardedField[] => [...new Set(type.fields.flatMap(({ guard }) => guard ?? []))];

/** Of each of these records, how much of a field the viewer sees. */
export async function accessTo(
  type: RecordType,
  scope: RecordScope,
  records: readonly RecordData[],
): Promise<(field: Field, record: RecordData) => FieldAccess> {
  const owners = records.map(({ owner_id }) => owner_id ?? '');
  const rules = new Map<GuardedField, (ownerId: string) => FieldAccess>();
  for (const guard of guardsOf(type)) rules.set(guard, await scope.field(guard, owners));
  return ({ guard }, { owner_id }) => (guard ? (rules.get(guard)?.(owner_id ?? '') ?? 'none') : 'write');
}

/** A value as somebody sees it who may see it in part. */
export function maskedValue({ type }: Field, value: unknown): unknown {
  if (type === 'phones') return (value as string[]).map(maskPhone);
  if (type === 'phone') return maskPhone(String(value));
  return type === 'object' ? null : '***';
}

/** What the roles say of the fields somebody wants to write. @throws record.field_forbidden naming them all */
export function assertWritable(type: RecordType, viewer: Viewer, values: Values): void {
  const forbidden = type.fields.filter(
    ({ key, guard }) => guard && values[key] !== undefined && fieldAccess(viewer, guard) !== 'write',
  );
  if (forbidden.length === 0) return;
  throw recordError(
    'field_forbidden',
    forbidden.map(({ key }) => ({ path: key, rule: 'forbidden', message: 'Not yours to change' })),
  );
}

/** Asking for a hidden field would tell what it holds (CON-03). @throws record.field_forbidden */
export function assertAskable(viewer: Viewer, { key, guard }: Field): void {
  if (guard === undefined || fieldAccess(viewer, guard) !== 'none') return;
  throw recordError('field_forbidden', [{ path: key, rule: 'forbidden', message: 'Not yours to see' }]);
}
