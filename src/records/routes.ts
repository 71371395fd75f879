import { z } from 'zod';
import { counterIn } from '../core/paging';
import { del, get, patch, post, type Route } from '../http/route';
import { idParam, instant, listQuery, page } from '../http/schema';
import { plainFilters } from './lists';
import { personOf, type RecordService } from './record.service';
import type { RecordType, Values } from './record-type';
import { changedRecord, nameOf, newRecord, recordView } from './values';

const changeView = z
  .object({
    id: z.number().int(),
    at: instant,
    actor: z.string(),
    actor_name: z.string().nullable(),
    kind: z.string(),
    reason: z.string().nullable(),
    changes: z
      .record(z.string(), z.unknown())
      .openapi({ description: '`{field: [before, after]}`; of what is personal only that it changed: ***' }),
  })
  .openapi('RecordChange');

const filters = {
  sort: z.string().max(64).optional(),
  q: z.string().max(100).optional(),
  filter: z.string().max(8000).optional(),
  deleted: z.stringbool().optional(),
};

/** What every type of record has under its address. The service is asked for when a request comes. */
export function recordRoutes(type: RecordType, service: () => RecordService): Route[] {
  const { path, can } = type;
  const view = recordView(type);
  const query = listQuery({
    ...filters,
    ...Object.fromEntries(plainFilters(type).map(({ key }) => [key, z.string().max(500).optional()])),
  });
  const thing = nameOf(type).toLowerCase();
  return [
    get(
      `/${path}`,
      { can: can.read, about: `Each ${thing} the viewer sees`, query, returns: page(view) },
      async ({ query, viewer }) => service().list(query, viewer),
    ),
    get(
      `/${path}/count`,
      {
        ...{ can: can.read, about: `How many the same list has in all`, query },
        returns: z.object({ count: z.number().int() }),
      },
      async ({ query, viewer }) => ({ count: await service().count(query, viewer) }),
    ),
    post(
      `/${path}`,
      { can: can.write, about: `A new ${thing}`, body: newRecord(type), returns: view, status: 201, once: true },
      async ({ body, viewer, ctx }) => await service().createFor(body as Values, personOf(viewer, ctx.ip)),
    ),
    get(
      `/${path}/:id`,
      { can: can.read, about: `One ${thing}`, params: idParam, returns: view },
      async ({ params, viewer }) => await service().get(params.id, viewer),
    ),
    patch(
      `/${path}/:id`,
      {
        ...{ can: can.write, about: 'Change what is named; `version` is what was read', params: idParam },
        ...{ body: changedRecord(type), returns: view },
      },
      async ({ params, body, viewer, ctx }) =>
        await service().change(params.id, body as Values & { version: number }, personOf(viewer, ctx.ip)),
    ),
    del(
      `/${path}/:id`,
      {
        ...{ can: can.write, about: 'Into the recycle bin, for 30 days', params: idParam },
        ...{ query: z.strictObject({ version: z.coerce.number().int().min(1) }), returns: z.null(), status: 204 },
      },
      async ({ params, query, viewer, ctx }) => {
        await service().remove(params.id, query.version, personOf(viewer, ctx.ip));
        return null;
      },
    ),
    post(
      `/${path}/:id/restore`,
      { can: can.write, about: 'Out of the recycle bin', params: idParam, returns: view, once: true },
      async ({ params, viewer, ctx }) => await service().restore(params.id, personOf(viewer, ctx.ip)),
    ),
    get(
      `/${path}/:id/changes`,
      {
        ...{ can: can.read, about: 'Who changed what, newest first', params: idParam },
        ...{ query: listQuery({}), returns: page(changeView) },
      },
      ({ params, query, viewer }) => {
        const before = query.cursor === undefined ? undefined : counterIn(query.cursor);
        return service().changes(params.id, { limit: query.limit, before }, viewer);
      },
    ),
  ];
}
