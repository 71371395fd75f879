import type { Context } from 'koa';
import { z } from 'zod';
import type { Viewer } from '../../../http/permissions';
import { del, get, post, put, type Route } from '../../../http/route';
import type { By } from '../approvals';
import {
  categories as categoryPage,
  categoryParam,
  categoryQuery,
  categoryView,
  changedCategory,
  newCategory,
  removal,
} from './categories.schema';
import type { CategoryService } from './categories.service';

const byOf = ({ viewer, ctx }: { viewer: Viewer; ctx: Context }): By => ({ viewer, address: ctx.ip });

export const categoryRoutes = ({ categories }: { categories: CategoryService }): Route[] => [
  get(
    '/categories',
    {
      ...{ can: 'self', about: 'A tree of categories, each after its parent' },
      ...{ query: categoryQuery, returns: categoryPage },
    },
    ({ query }) => categories.list(query),
  ),
  post(
    '/categories',
    {
      ...{ can: 'crm:configure', about: 'Make a category', status: 201, once: true },
      ...{ body: newCategory, returns: categoryView },
    },
    ({ body, ...who }) => categories.add(body, byOf(who)),
  ),
  get(
    '/categories/:id',
    { can: 'self', about: 'One category', params: categoryParam, returns: categoryView },
    ({ params }) => categories.get(params.id),
  ),
  put(
    '/categories/:id',
    {
      ...{ can: 'crm:configure', about: 'Change a category, or move it with all under it' },
      ...{ params: categoryParam, body: changedCategory, returns: categoryView },
    },
    ({ params, body, ...who }) => categories.change(params.id, body, byOf(who)),
  ),
  del(
    '/categories/:id',
    {
      ...{ can: 'crm:configure', about: 'Remove a category; another one takes the records that are in it' },
      ...{ params: categoryParam, query: removal, returns: z.null(), status: 204 },
    },
    ({ params, query, ...who }) => categories.remove(params.id, query, byOf(who)),
  ),
];
