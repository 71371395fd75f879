import type { Context } from 'koa';
import type { Viewer } from '../../../http/permissions';
import { del, get, post, put, type Route } from '../../../http/route';
import type { By } from '../approvals';
import {
  changedDictionary,
  changedItem,
  dictionaries as dictionaryPage,
  dictionaryParam,
  dictionaryQuery,
  dictionaryView,
  itemParam,
  itemQuery,
  items,
  newItem,
  removal,
} from './dictionaries.schema';
import type { DictionaryService } from './dictionaries.service';

const byOf = ({ viewer, ctx }: { viewer: Viewer; ctx: Context }): By => ({ viewer, address: ctx.ip });

export const dictionaryRoutes = ({ dictionaries }: { dictionaries: DictionaryService }): Route[] => [
  get(
    '/dictionaries',
    { can: 'self', about: 'The pick lists of the CRM, by code', query: dictionaryQuery, returns: dictionaryPage },
    ({ query }) => dictionaries.list(query),
  ),
  get(
    '/dictionaries/:code',
    { can: 'self', about: 'A pick list with all its items', params: dictionaryParam, returns: dictionaryView },
    ({ params }) => dictionaries.get(params.code),
  ),
  put(
    '/dictionaries/:code',
    {
      ...{ can: 'crm:configure', about: 'Name, order, defaults and thresholds of a pick list at once' },
      ...{ params: dictionaryParam, body: changedDictionary, returns: dictionaryView },
    },
    ({ params, body, ...who }) => dictionaries.put(params.code, body, byOf(who)),
  ),
  get(
    '/dictionaries/:code/items',
    {
      ...{ can: 'self', about: 'The items of a pick list in their order' },
      ...{ params: dictionaryParam, query: itemQuery, returns: items },
    },
    ({ params, query }) => dictionaries.page(params.code, query),
  ),
  post(
    '/dictionaries/:code/items',
    {
      ...{ can: 'crm:configure', about: 'Add an item at the end', status: 201, once: true },
      ...{ params: dictionaryParam, body: newItem, returns: dictionaryView },
    },
    ({ params, body, ...who }) => dictionaries.add(params.code, body, byOf(who)),
  ),
  put(
    '/dictionaries/:code/items/:item',
    {
      ...{ can: 'crm:configure', about: 'Change an item; its code stays' },
      ...{ params: itemParam, body: changedItem, returns: dictionaryView },
    },
    ({ params, body, ...who }) => dictionaries.change(params.code, params.item, body, byOf(who)),
  ),
  del(
    '/dictionaries/:code/items/:item',
    {
      ...{ can: 'crm:configure', about: 'Remove an item, with another in its place wherever records hold it' },
      ...{ params: itemParam, query: removal, returns: dictionaryView },
    },
    ({ params, query, ...who }) => dictionaries.remove(params.code, params.item, query, byOf(who)),
  ),
];
