import { get, type Route, stream } from '../../../http/route';
import type { LiveFeed } from './live';
import { overviewView } from './overview.schema';
import type { OverviewService } from './overview.service';

export const overviewRoutes = ({ overview, live }: { overview: OverviewService; live: LiveFeed }): Route[] => [
  get('/overview', { can: 'self', about: 'Is anything wrong, and what came in', returns: overviewView }, ({ viewer }) =>
    overview.view(viewer),
  ),
  stream(
    '/live',
    { can: 'inbox:read', about: 'Server-sent events: `inbox` for every callback, `run` for every change of a run' },
    ({ ctx }) => live.serve(ctx),
  ),
];
