import { del, get, post, type Route } from '../../../http/route';
import { idParam } from '../../../http/schema';
import { exceptionPage, exceptionQuery, exceptionView, newException } from './exceptions.schema';
import type { Exceptions } from './exceptions.service';

const can = 'findings:except';

export const exceptionRoutes = ({ exceptions }: { exceptions: Exceptions }): Route[] => [
  get(
    '/findings/exceptions',
    { can, about: 'Whom detectors leave alone, newest first', query: exceptionQuery, returns: exceptionPage },
    ({ query, viewer }) => exceptions.list(query, viewer),
  ),
  post(
    '/findings/exceptions',
    {
      ...{ can, about: 'Leave somebody alone; answered with APPROVAL_REQUIRED, as a second person must agree' },
      ...{ freshFactor: true, body: newException, returns: exceptionView, status: 201 },
    },
    ({ body, viewer, ctx }) => exceptions.create(body, { viewer, address: ctx.ip }),
  ),
  del(
    '/findings/exceptions/:id',
    { can, about: 'End an exception before its time', params: idParam, returns: exceptionView },
    ({ params, viewer, ctx }) => exceptions.end(params.id, { viewer, address: ctx.ip }),
  ),
];
