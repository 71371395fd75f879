import { actorOf } from '../../../http/permissions';
import { get, post, type Route } from '../../../http/route';
import { inboxEventDetail, inboxEventView, inboxPage, inboxParam, inboxQuery } from './inbox.schema';
import type { InboxService } from './inbox.service';

export const inboxRoutes = ({ inbox }: { inbox: InboxService }): Route[] => [
  get(
    '/inbox-events',
    { can: 'inbox:read', about: 'Callbacks as they arrived, newest first', query: inboxQuery, returns: inboxPage },
    ({ query }) => inbox.list(query),
  ),
  get(
    '/inbox-events/:id',
    { can: 'inbox:read', about: 'One callback with its decrypted body', params: inboxParam, returns: inboxEventDetail },
    ({ params }) => inbox.get(params.id),
  ),
  post(
    '/inbox-events/:id/replay',
    { can: 'inbox:replay', about: 'Handle a callback again', params: inboxParam, returns: inboxEventView, status: 202 },
    ({ params, viewer }) => inbox.replay(params.id, actorOf(viewer)),
  ),
];
