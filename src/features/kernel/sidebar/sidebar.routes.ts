import { z } from 'zod';
import { get, post, type Route } from '../../../http/route';
import {
  contextQuery,
  failureBody,
  failurePage,
  failureQuery,
  sidebarContext,
  signatureQuery,
  signatures,
} from './sidebar.schema';
import type { SidebarService } from './sidebar.service';

export const sidebarRoutes = ({ sidebar }: { sidebar: SidebarService }): Route[] => [
  get(
    '/sidebar/signatures',
    {
      can: 'self',
      about: 'What a page of ours needs for wx.config and wx.agentConfig; any other page is refused',
      query: signatureQuery,
      returns: signatures,
    },
    ({ query, ctx }) => sidebar.signatures.of(query.url, ctx.host),
  ),
  get(
    '/sidebar/context',
    {
      can: 'relations:read',
      about: 'Whom the chat beside the sidebar is with, for the member who is signed in; read from WeCom if need be',
      query: contextQuery,
      returns: sidebarContext,
    },
    ({ query, viewer }) => sidebar.context.of(query, viewer),
  ),
  post(
    '/sidebar/failures',
    {
      can: 'self',
      about: 'A sidebar tells at which step it failed; at most 20 an hour',
      body: failureBody,
      returns: z.null(),
      status: 204,
    },
    async ({ body, viewer, ctx }) => {
      await sidebar.failures.report(body, { viewer, address: ctx.ip });
      return null;
    },
  ),
  get(
    '/sidebar/failures',
    {
      can: 'settings:read',
      about: 'What sidebars failed at: a row for each step and cause',
      query: failureQuery,
      returns: failurePage,
    },
    ({ query }) => sidebar.failures.list(query),
  ),
];
