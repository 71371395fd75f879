import { type Row, toDate } from '../db/database';
import type { Viewer } from '../http/permissions';
import { iso, isoOrNull } from '../http/schema';
import { accessTo, maskedValue } from './access';
import { isEmpty } from './codec';
import type { StaffName } from './ports';
import { columnOf, type Field, fieldOf, type RecordData, type RecordType, type Values } from './record-type';
import type { ServiceDeps } from './records';
import { nameKey } from './values';

export type RecordView = Values & { id: string; version: number };

type Deps = Pick<ServiceDeps, 'scopes' | 'staff' | 'titlesOf' | 'namesOf'>;

/** Records as the API shows them, each as its viewer may see it. */
export function createRecordViews(type: RecordType, { scopes, staff, titlesOf, namesOf }: Deps) {
  const staffFields = type.fields.filter((field) => field.type === 'staff');
  const recordFields = type.fields.filter((field) => field.type === 'record');

  const idsIn = (records: readonly RecordData[], fields: readonly Field[]): string[] => [
    ...new Set(records.flatMap((record) => fields.flatMap((field) => (record[columnOf(field)] as string) ?? []))),
  ];

  async function namesFor(records: readonly RecordData[], viewer: Viewer) {
    const people = await staff.names(idsIn(records, staffFields));
    const titles = new Map<string, Map<string, string>>();
    for (const field of recordFields) {
      titles.set(field.key, await titlesOf(field.of ?? '', idsIn(records, [field]), viewer));
    }
    return (field: Field, id: unknown): string | null =>
      (field.type === 'staff' ? people.get(String(id))?.name : titles.get(field.key)?.get(String(id))) ?? null;
  }

  async function of(records: readonly RecordData[], viewer: Viewer): Promise<RecordView[]> {
    const scope = await scopes.of(type, viewer, 't');
    const access = await accessTo(type, scope, records);
    const people = await staff.names(idsIn(records, staffFields));
    const nameOf = await namesFor(records, viewer);
    return records.map((record) => {
      const masked: string[] = [];
      const shown = type.fields.flatMap((field) => {
        const entry = shownField(field, record, { people, access: access(field, record) });
        if (entry.isMasked) masked.push(field.key);
        const named = field.type === 'staff' || field.type === 'record';
        const name: [string, unknown][] = named ? [[nameKey(field.key), nameOf(field, record[columnOf(field)])]] : [];
        return [[field.key, entry.value] as [string, unknown], ...name];
      });
      return { ...Object.fromEntries(shown), ...marksOf(record), masked };
    });
  }

  return {
    of,

    one: async (record: RecordData, viewer: Viewer): Promise<RecordView> => {
      const [view] = await of([record], viewer);
      return view as RecordView;
    },

    async changes(rows: readonly Row[], record: RecordData, viewer: Viewer) {
      const access = await accessTo(type, await scopes.of(type, viewer, 't'), [record]);
      const mayRead = (key: string): boolean => {
        const field = fieldOf(type, key);
        return !field?.guard || ['read', 'write'].includes(access(field, record));
      };
      const names = await namesOf(rows.map(({ actor }) => String(actor)));
      return rows.map((row) => ({
        id: Number(row.id),
        at: iso(toDate(row.at)),
        actor: String(row.actor),
        actor_name: names.get(String(row.actor)) ?? null,
        kind: String(row.kind),
        reason: row.reason == null ? null : String(row.reason),
        changes: Object.fromEntries(
          Object.entries(JSON.parse(String(row.changes)) as Values).map(([key, change]) => [
            key,
            mayRead(key) ? change : '***',
          ]),
        ),
      }));
    },
  };
}

interface Shown {
  people: ReadonlyMap<string, StaffName>;
  access: string;
}

function shownField(
  field: Field,
  record: RecordData,
  { people, access }: Shown,
): { value: unknown; isMasked: boolean } {
  const value = record[columnOf(field)];
  const nothing = field.type === 'phones' ? [] : null;
  if (access === 'none') return { value: nothing, isMasked: true };
  if (isEmpty(value)) return { value: nothing, isMasked: false };
  if (access === 'masked') return { value: maskedValue(field, value), isMasked: true };
  if (field.type === 'staff') return { value: people.get(String(value))?.userid ?? null, isMasked: false };
  return { value: value instanceof Date ? iso(value) : value, isMasked: false };
}

const marksOf = ({ id, version, created_at, created_by, updated_at, updated_by, deleted_at }: RecordData) => ({
  id,
  version,
  created_at: iso(created_at),
  created_by,
  updated_at: iso(updated_at),
  updated_by,
  deleted_at: isoOrNull(deleted_at),
});
