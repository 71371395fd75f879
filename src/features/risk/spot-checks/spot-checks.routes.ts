import { get, post, type Route } from '../../../http/route';
import {
  newResult,
  newSpotCheck,
  openedSpotCheck,
  spotCheckPage,
  spotCheckParam,
  spotCheckQuery,
  spotCheckView,
} from './spot-checks.schema';
import type { SpotChecks } from './spot-checks.service';

const can = 'spot_checks:run';

export const spotCheckRoutes = ({ spotChecks }: { spotChecks: SpotChecks }): Route[] => [
  get(
    '/spot-checks',
    { can, about: 'Spot checks of devices, newest first', query: spotCheckQuery, returns: spotCheckPage },
    ({ query, viewer }) => spotChecks.list(query, viewer),
  ),
  post(
    '/spot-checks',
    {
      ...{ can, about: 'Draw a conversation that a member of staff shows on their device, or choose one' },
      ...{ body: newSpotCheck, returns: spotCheckView, status: 201 },
    },
    ({ body, viewer, ctx }) => spotChecks.ask(body, { viewer, address: ctx.ip }),
  ),
  get(
    '/spot-checks/:id',
    {
      ...{ can, about: 'One spot check with the messages the device should show. Recorded as read' },
      ...{ params: spotCheckParam, returns: openedSpotCheck },
    },
    ({ params, viewer, ctx }) => spotChecks.open(params.id, { viewer, address: ctx.ip }),
  ),
  post(
    '/spot-checks/:id/result',
    {
      ...{ can, about: 'Say whether the device showed what the archive holds', params: spotCheckParam },
      ...{ body: newResult, returns: spotCheckView, status: 201 },
    },
    ({ params, body, viewer, ctx }) => spotChecks.conclude(params.id, body, { viewer, address: ctx.ip }),
  ),
];
