import { z } from 'zod';
import { del, get, post, put, type Route } from '../../../http/route';
import { idParam } from '../../../http/schema';
import {
  createdToken,
  createdUser,
  newUser,
  rolesBody,
  signInLinkView,
  tokenList,
  userList,
  userView,
} from './users.schema';
import type { UserService } from './users.service';

export const userRoutes = ({ users }: { users: UserService }): Route[] => [
  get('/users', { can: 'access:read', about: 'Who may sign in', returns: userList }, async () => ({
    items: await users.list(),
    next_cursor: null,
  })),
  post(
    '/users',
    {
      can: 'access:write',
      about: 'Let somebody in; the link signs them in once and is shown this once',
      freshFactor: true,
      body: newUser,
      returns: createdUser,
      status: 201,
    },
    ({ body, viewer }) => users.create(body, viewer),
  ),
  put(
    '/users/:id/roles',
    {
      can: 'access:write',
      about: 'Give somebody other roles; their sessions end',
      freshFactor: true,
      params: idParam,
      body: rolesBody,
      returns: userView,
    },
    ({ params, body, viewer }) => users.changeRoles(params.id, body, viewer),
  ),
  post(
    '/users/:id/disable',
    { can: 'access:write', about: 'Shut somebody out', params: idParam, returns: z.null(), status: 204 },
    async ({ params, viewer }) => {
      await users.disable(params.id, viewer);
      return null;
    },
  ),
  post(
    '/users/:id/sign-in-links',
    {
      can: 'access:write',
      about: 'A new one-time link for somebody',
      freshFactor: true,
      params: idParam,
      returns: signInLinkView,
      status: 201,
    },
    ({ params, viewer }) => users.signInLink(params.id, viewer),
  ),
  get(
    '/api-tokens',
    { can: 'access:read', about: 'Tokens for the API, oldest first', returns: tokenList },
    async () => ({
      items: await users.tokens(),
      next_cursor: null,
    }),
  ),
  post(
    '/api-tokens',
    {
      can: 'access:write',
      about: 'Issue a token; it is shown this once',
      freshFactor: true,
      body: newUser,
      returns: createdToken,
      status: 201,
    },
    ({ body, viewer }) => users.issueToken(body, viewer),
  ),
  del(
    '/api-tokens/:id',
    { can: 'access:write', about: 'Revoke a token', params: idParam, returns: z.null(), status: 204 },
    async ({ params, viewer }) => {
      await users.revokeToken(params.id, viewer);
      return null;
    },
  ),
];
