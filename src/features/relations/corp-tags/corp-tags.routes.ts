import { get, type Route } from '../../../http/route';
import { corpTagPage, corpTagQuery } from './corp-tags.schema';
import type { CorpTagService } from './corp-tags.service';

export const corpTagRoutes = ({ corpTags }: { corpTags: CorpTagService }): Route[] => [
  get(
    '/corp-tags',
    { can: 'relations:read', about: 'Corp tags in their groups', query: corpTagQuery, returns: corpTagPage },
    async ({ query }) => ({ items: await corpTags.list(query), next_cursor: null }),
  ),
];
