import { z } from 'zod';
import { del, get, post, type Route } from '../../../http/route';
import { idParam } from '../../../http/schema';
import type { CollaboratorService } from './collaborators';
import type { ReportingService } from './reporting.service';
import {
  collaboratorList,
  collaboratorOfContact,
  contactParam,
  edgePage,
  edgeQuery,
  edgeView,
  newCollaborator,
  newDeputy,
  newLine,
} from './scope.schema';

interface Deps {
  reporting: ReportingService;
  collaborators: CollaboratorService;
}

export const scopeRoutes = (services: Deps): Route[] => [...reportingRoutes(services), ...collaboratorRoutes(services)];

const reportingRoutes = ({ reporting }: Deps): Route[] => [
  get(
    '/reporting-edges',
    { can: 'reporting:read', about: 'Who is above whom, line by line', query: edgeQuery, returns: edgePage },
    ({ query }) => reporting.list(query),
  ),
  post(
    '/reporting-edges',
    {
      can: 'reporting:write',
      about: 'Put somebody above somebody by hand, beside what the directory says',
      body: newLine,
      returns: edgeView,
      status: 201,
    },
    ({ body, viewer }) => reporting.addLine(body, viewer),
  ),
  post(
    '/deputies',
    {
      can: 'reporting:write',
      about: 'Let a deputy see what somebody sees, until a day',
      body: newDeputy,
      returns: edgeView,
      status: 201,
    },
    ({ body, viewer }) => reporting.nameDeputy(body, viewer),
  ),
  del(
    '/reporting-edges/:id',
    {
      can: 'reporting:write',
      about: 'Take away a line that was drawn by hand, or a deputy',
      params: idParam,
      returns: z.null(),
      status: 204,
    },
    async ({ params, viewer }) => {
      await reporting.remove(params.id, viewer);
      return null;
    },
  ),
];

const collaboratorRoutes = ({ collaborators }: Deps): Route[] => [
  get(
    '/external-contacts/:external_userid/collaborators',
    {
      can: 'relations:read',
      about: 'Who sees the external contact without having it',
      params: contactParam,
      returns: collaboratorList,
    },
    async ({ params, viewer }) => ({
      items: await collaborators.list(params.external_userid, viewer),
      next_cursor: null,
    }),
  ),
  post(
    '/external-contacts/:external_userid/collaborators',
    {
      can: 'collaborators:write',
      about: 'Share an external contact with a colleague, for good or until a day; again: change level and end',
      params: contactParam,
      body: newCollaborator,
      returns: collaboratorList,
      status: 201,
    },
    async ({ params, body, viewer }) => ({
      items: await collaborators.add(params.external_userid, body, viewer),
      next_cursor: null,
    }),
  ),
  del(
    '/external-contacts/:external_userid/collaborators/:id',
    {
      can: 'collaborators:write',
      about: 'Share it no longer',
      params: collaboratorOfContact,
      returns: z.null(),
      status: 204,
    },
    async ({ params, viewer }) => {
      await collaborators.remove(params.external_userid, params.id, viewer);
      return null;
    },
  ),
];
