import { z } from 'zod';
import type { Entities } from '../../../db/data-source';
import { fieldAccess, isAllowed, type Viewer } from '../../../http/permissions';
import { fieldAccesses } from '../../../http/roles';
import { get, type Route } from '../../../http/route';
import { listQuery, page } from '../../../http/schema';
import type { Field, Records, RecordType } from '../../../records';

const fieldView = z
  .object({
    key: z.string(),
    type: z.string(),
    required: z.boolean(),
    /** Set by the system, or not to be written with the viewer's roles. */
    read_only: z.boolean(),
    access: z.enum(fieldAccesses).openapi({ description: 'the most that the roles give, in whoever’s line it stands' }),
    min: z.number().nullable(),
    max: z.number().nullable(),
    choices: z.array(z.string()),
    dictionary: z.string().nullable(),
    of: z.string().nullable().openapi({ description: 'the type of record it points to' }),
    sortable: z.boolean(),
    filterable: z.boolean(),
  })
  .openapi('RecordField');

const typeView = z
  .object({
    key: z.string(),
    path: z.string(),
    title: z.string().openapi({ description: 'the field that names a record' }),
    may_write: z.boolean(),
    fields: z.array(fieldView),
  })
  .openapi('RecordType');

type FieldView = z.input<typeof fieldView>;

const shownField = (field: Field, viewer: Viewer): FieldView => {
  const access = field.guard ? fieldAccess(viewer, field.guard) : 'write';
  return {
    ...{ key: field.key, type: field.type, required: field.required ?? false, access },
    ...{ read_only: field.system === true || access !== 'write', choices: [...(field.choices ?? [])] },
    ...{ min: field.min ?? null, max: field.max ?? null, dictionary: field.dictionary ?? null, of: field.of ?? null },
    ...{ sortable: field.sort !== undefined, filterable: !field.sealed },
  };
};

const shownType = (type: RecordType, viewer: Viewer) => ({
  ...{ key: type.key, path: type.path, title: type.title, may_write: isAllowed(viewer, type.can.write) },
  fields: type.fields.map((field) => shownField(field, viewer)).filter(({ access }) => access !== 'none'),
});

/** What records there are and what they hold, so that forms, lists and filters can be made of it. */
const recordTypeRoutes = (services: { records: Records }): Route[] => [
  get(
    '/record-types',
    {
      ...{ can: 'self', about: 'The types of records the viewer may see, with the fields they may see' },
      ...{ query: listQuery({}), returns: page(typeView) },
    },
    ({ viewer }) => ({
      items: services.records
        .types()
        .filter(({ can }) => isAllowed(viewer, can.read))
        .map((type) => shownType(type, viewer)),
      next_cursor: null,
    }),
  ),
];

export { createRecordSubject } from './handover-subject';

export const recordTypesFeature = { name: 'record-types', entities: [] as Entities, routes: recordTypeRoutes };
