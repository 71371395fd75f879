import { get, post, type Route } from '../../../http/route';
import { idParam } from '../../../http/schema';
import { heldView, holdPage, holdQuery, holdView, newHold, releaseBody } from './holds.schema';
import type { Holds } from './holds.service';

const can = 'archive:hold';

export const holdRoutes = ({ holds }: { holds: Holds }): Route[] => [
  get('/archive/holds', { can, about: 'Legal holds, newest first', query: holdQuery, returns: holdPage }, ({ query }) =>
    holds.list(query),
  ),
  get(
    '/archive/holds/:id',
    { can, about: 'One legal hold, with how many messages it holds', params: idParam, returns: heldView },
    ({ params }) => holds.get(params.id),
  ),
  post(
    '/archive/holds',
    { can, about: 'Keep messages from being purged or erased', body: newHold, returns: holdView, status: 201 },
    ({ body, viewer, ctx }) => holds.create(body, { viewer, address: ctx.ip }),
  ),
  post(
    '/archive/holds/:id/release',
    {
      ...{ can, about: 'Release a hold; answered with APPROVAL_REQUIRED, as a second person must agree' },
      ...{ freshFactor: true, params: idParam, body: releaseBody, returns: holdView },
    },
    ({ params }) => holds.release(params.id),
  ),
];
