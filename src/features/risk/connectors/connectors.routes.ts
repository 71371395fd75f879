import type { Context } from 'koa';
import { get, post, type Route } from '../../../http/route';
import { idParam } from '../../../http/schema';
import {
  connectorPage,
  connectorQuery,
  connectorView,
  deviceReport,
  disableBody,
  newConnector,
  receivedReport,
} from './connectors.schema';
import type { ConnectorRegistry } from './connectors.service';
import type { DeviceReports } from './device-reports';

interface Services {
  connectors: ConnectorRegistry;
  deviceReports: DeviceReports;
}

const can = 'connectors:manage';

/** The body as it was read before it was understood. */
const rawOf = (ctx: Context): string => (ctx.request as { rawBody?: string }).rawBody ?? '';

export const connectorRoutes = ({ connectors, deviceReports }: Services): Route[] => [
  get(
    '/device-connectors',
    { can, about: 'Programs that report from devices, newest first', query: connectorQuery, returns: connectorPage },
    ({ query }) => connectors.list(query),
  ),
  post(
    '/device-connectors',
    {
      ...{ can, about: 'Let a program report from devices, by its public key', freshFactor: true },
      ...{ body: newConnector, returns: connectorView, status: 201 },
    },
    ({ body, viewer, ctx }) => connectors.register(body, { viewer, address: ctx.ip }),
  ),
  post(
    '/device-connectors/:id/disable',
    {
      ...{ can, about: 'Believe a program no more; what it reported stays', freshFactor: true },
      ...{ params: idParam, body: disableBody, returns: connectorView },
    },
    ({ params, viewer, ctx }) => connectors.disable(params.id, { viewer, address: ctx.ip }),
  ),
  post(
    '/device-reports',
    {
      can: 'public',
      about: 'A connector reports what was deleted on a device: signed in X-Signature, its id in X-Connector',
      ...{ signed: true, body: deviceReport, returns: receivedReport, status: 201 },
    },
    async ({ body, ctx }) => {
      const proof = { connectorId: ctx.get('x-connector'), signature: ctx.get('x-signature') };
      return { id: await deviceReports.receive({ ...proof, raw: rawOf(ctx), body }) };
    },
  ),
];
