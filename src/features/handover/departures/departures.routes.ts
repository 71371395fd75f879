import { get, post, put, type Route } from '../../../http/route';
import { idParam } from '../../../http/schema';
import {
  departureChange,
  departurePage,
  departureQuery,
  departureView,
  handBody,
  handed,
  heldContactPage,
  heldContactQuery,
  heldGroupChatPage,
  heldGroupChatQuery,
  leftoverPage,
  leftoverQuery,
  leftoverSummary,
  newDeparture,
  subjectPage,
  subjectQuery,
} from './departures.schema';
import type { Departures } from './departures.service';

const [sees, manages] = ['handovers:read', 'handovers:manage'] as const;
const params = idParam;

export const departureRoutes = (services: { departures: Departures }): Route[] => [
  ...boardRoutes(services),
  ...inventoryRoutes(services),
  ...leftoverRoutes(services),
];

const boardRoutes = ({ departures }: { departures: Departures }): Route[] => [
  get(
    '/departures',
    { can: sees, about: 'Who left or will leave, newest first', query: departureQuery, returns: departurePage },
    ({ query, viewer }) => departures.list(query, viewer),
  ),
  post(
    '/departures',
    {
      ...{ can: manages, about: 'Note that somebody will leave' },
      ...{ body: newDeparture, returns: departureView, status: 201, once: true },
    },
    ({ body, viewer, ctx }) => departures.plan(body, { viewer, address: ctx.ip }),
  ),
  get(
    '/departures/:id',
    { can: sees, about: 'One departure, with how much is still theirs', params, returns: departureView },
    ({ params: { id }, viewer }) => departures.get(id, viewer),
  ),
  put(
    '/departures/:id',
    { can: manages, about: 'Change the last day or the note', params, body: departureChange, returns: departureView },
    ({ params: { id }, body, viewer, ctx }) => departures.change(id, body, { viewer, address: ctx.ip }),
  ),
  post(
    '/departures/:id/call-off',
    {
      can: manages,
      about: 'They stay: a departure that was only planned is called off',
      params,
      returns: departureView,
    },
    ({ params: { id }, viewer, ctx }) => departures.callOff(id, { viewer, address: ctx.ip }),
  ),
];

const inventoryRoutes = ({ departures }: { departures: Departures }): Route[] => [
  get(
    '/departures/:id/external-contacts',
    {
      ...{ can: sees, about: 'The external contacts they hold; with handover=done those that were taken over' },
      ...{ params, query: heldContactQuery, returns: heldContactPage },
    },
    ({ params: { id }, query, viewer }) => departures.externalContacts(id, query, viewer),
  ),
  get(
    '/departures/:id/group-chats',
    {
      ...{ can: sees, about: 'The group chats they own; with handover=done those that were taken over' },
      ...{ params, query: heldGroupChatQuery, returns: heldGroupChatPage },
    },
    ({ params: { id }, query, viewer }) => departures.groupChats(id, query, viewer),
  ),
  get(
    '/departures/:id/subjects',
    {
      ...{ can: sees, about: 'Whatever else is theirs: approvals, tokens, webhooks, findings. One page' },
      ...{ params, query: subjectQuery, returns: subjectPage },
    },
    ({ params: { id }, viewer }) => departures.subjects(id, viewer),
  ),
  post(
    '/departures/:id/subjects/hand',
    {
      ...{ can: manages, about: 'Give such things to a colleague, or end them; all or none' },
      ...{ params, body: handBody, returns: handed },
    },
    ({ params: { id }, body, viewer, ctx }) => departures.hand(id, body, { viewer, address: ctx.ip }),
  ),
];

const leftoverRoutes = ({ departures }: { departures: Departures }): Route[] => [
  get(
    '/leftovers',
    {
      ...{ can: sees, about: 'Everything that is still somebody’s who left, each with why' },
      ...{ query: leftoverQuery, returns: leftoverPage },
    },
    ({ query, viewer }) => departures.leftovers(query, viewer),
  ),
  get(
    '/leftovers/summary',
    { can: sees, about: 'How much is still somebody’s who left, by the reason', returns: leftoverSummary },
    ({ viewer }) => departures.leftoverSummary(viewer),
  ),
];
