import { get, post, type Route } from '../../../http/route';
import type { Exposure } from './exposure';
import {
  externalContactDetail,
  externalContactPage,
  externalContactParam,
  externalContactQuery,
  externalContactSearch,
  historyPage,
  historyQuery,
  relationPage,
  relationQuery,
  revealBody,
  revealedFields,
} from './external-contacts.schema';
import type { ExternalContactViews } from './external-contacts.views';
import type { Reveal } from './reveal';

interface Services {
  externalContactViews: ExternalContactViews;
  exposure: Exposure;
  reveal: Reveal;
}

export const externalContactRoutes = ({ externalContactViews: views, exposure, reveal }: Services): Route[] => [
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
  post(
    '/external-contacts/search',
    {
      can: 'relations:read',
      about:
        'The same list, asked for in a body: names and phone numbers do not belong into addresses, which are logged',
      body: externalContactSearch,
      returns: externalContactPage,
    },
    ({ body, viewer }) => views.list(body, viewer),
  ),
  get(
    '/external-contacts/:external_userid',
    {
      can: 'relations:read',
      about: 'One external contact; who looked is recorded, and an account that looks at too many is stopped (429)',
      params: externalContactParam,
      returns: externalContactDetail,
    },
    async ({ params, viewer, ctx }) => {
      const shown = await views.get(params.external_userid, viewer);
      await exposure.viewed(params.external_userid, { viewer, address: ctx.ip });
      return shown;
    },
  ),
  post(
    '/external-contacts/:external_userid/reveal',
    {
      can: 'fields:reveal',
      about:
        'Show a covered field, for a reason that is recorded; asks for a second factor, and only so often in an hour',
      freshFactor: true,
      params: externalContactParam,
      body: revealBody,
      returns: revealedFields,
    },
    ({ params, body, viewer, ctx }) => reveal.reveal(params.external_userid, body, { viewer, address: ctx.ip }),
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
