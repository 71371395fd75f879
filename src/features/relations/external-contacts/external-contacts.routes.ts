import { get, type Route } from '../../../http/route';
import {
  externalContactDetail,
  externalContactPage,
  externalContactParam,
  externalContactQuery,
  historyPage,
  historyQuery,
  relationPage,
  relationQuery,
} from './external-contacts.schema';
import type { ExternalContactViews } from './external-contacts.views';

export const externalContactRoutes = ({
  externalContactViews: views,
}: {
  externalContactViews: ExternalContactViews;
}): Route[] => [
  get(
    '/external-contacts',
    {
      can: 'relations:read',
      about:
        'External contacts with their relations. One request with q looks through 10,000 of them: its page may be short, or empty, while next_cursor leads on',
      query: externalContactQuery,
      returns: externalContactPage,
    },
    ({ query, viewer }) => views.list(query, viewer),
  ),
  get(
    '/external-contacts/:external_userid',
    {
      can: 'relations:read',
      about: 'One external contact',
      params: externalContactParam,
      returns: externalContactDetail,
    },
    ({ params, viewer }) => views.get(params.external_userid, viewer),
  ),
  get(
    '/external-contacts/:external_userid/history',
    {
      can: 'relations:read',
      about: 'What happened with one external contact, newest first',
      params: externalContactParam,
      query: historyQuery,
      returns: historyPage,
    },
    ({ params, query, viewer }) => views.history(params.external_userid, query, viewer),
  ),
  get(
    '/relations',
    { can: 'relations:read', about: 'Relations, one row each', query: relationQuery, returns: relationPage },
    ({ query, viewer }) => views.listRelations(query, viewer),
  ),
];
