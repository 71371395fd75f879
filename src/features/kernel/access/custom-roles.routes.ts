import { z } from 'zod';
import { del, get, post, put, type Route } from '../../../http/route';
import type { CustomRoles } from './custom-roles';
import { changedRole, newRole, roleList, roleParam, roleVersionList, roleView } from './custom-roles.schema';

export const roleRoutes = ({ customRoles }: { customRoles: CustomRoles }): Route[] => [
  get('/roles', { can: 'access:read', about: 'Which role may what', returns: roleList }, async () => ({
    items: await customRoles.list(),
    next_cursor: null,
  })),
  post(
    '/roles',
    {
      can: 'access:write',
      about: 'Put a role together; what must be kept apart is refused',
      freshFactor: true,
      body: newRole,
      returns: roleView,
      status: 201,
    },
    ({ body, viewer }) => customRoles.create(body, viewer),
  ),
  put(
    '/roles/:key',
    {
      can: 'access:write',
      about: 'Change a role of our own; it counts for its holders within seconds',
      freshFactor: true,
      params: roleParam,
      body: changedRole,
      returns: roleView,
    },
    ({ params, body, viewer }) => customRoles.change(params.key, body, viewer),
  ),
  del(
    '/roles/:key',
    {
      can: 'access:write',
      about: 'Remove a role of our own that nobody holds',
      freshFactor: true,
      params: roleParam,
      returns: z.null(),
      status: 204,
    },
    async ({ params, viewer }) => {
      await customRoles.remove(params.key, viewer);
      return null;
    },
  ),
  get(
    '/roles/:key/versions',
    {
      can: 'access:read',
      about: 'What a role of our own was, newest first',
      params: roleParam,
      returns: roleVersionList,
    },
    async ({ params }) => ({ items: await customRoles.versions(params.key), next_cursor: null }),
  ),
];
