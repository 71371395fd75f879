import { actorOf } from '../../../http/permissions';
import { get, post, type Route } from '../../../http/route';
import { idParam, listQuery } from '../../../http/schema';
import type { Runs } from '../../../jobs';
import { runPage, runView } from '../../../jobs/jobs.schema';
import { rotationKind } from './key-rotation';
import { dataKeyList } from './keys.schema';
import type { KeyService } from './keys.service';

interface Services {
  keys: KeyService;
  runs: Runs;
}

export const keyRoutes = ({ keys, runs }: Services): Route[] => [
  get(
    '/data-keys',
    { can: 'keys:rotate', about: 'The keys stored values are sealed with, newest first', returns: dataKeyList },
    async () => ({ items: await keys.list(), next_cursor: null }),
  ),
  post(
    '/key-rotations',
    {
      can: 'keys:rotate',
      about: 'Make a new data key and seal everything anew with it, beside whatever goes on',
      freshFactor: true,
      returns: runView,
      status: 202,
    },
    ({ viewer, ctx }) => keys.rotate({ actor: actorOf(viewer), by: viewer.name, address: ctx.ip }),
  ),
  get(
    '/key-rotations',
    { can: 'keys:rotate', about: 'Key rotations, newest first', query: listQuery({}), returns: runPage },
    ({ query }) => runs.list({ ...query, kind: rotationKind }),
  ),
  get(
    '/key-rotations/:id',
    { can: 'keys:rotate', about: 'One key rotation', params: idParam, returns: runView },
    ({ params }) => runs.get(params.id),
  ),
];
