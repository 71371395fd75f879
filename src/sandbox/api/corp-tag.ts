import type { TagGroup } from '../world/types';
import type { Endpoint, Endpoints } from './endpoint';

/** Both filters empty: all. With group ids, tag ids are ignored. */
const list: Endpoint = {
  method: 'POST',
  apps: ['agent'],
  answer(given, { world }) {
    const groupIds = new Set(given.texts('group_id'));
    const tagIds = new Set(groupIds.size > 0 ? [] : given.texts('tag_id'));
    const groups = [...world.tagGroups.values()].filter((group) => groupIds.size === 0 || groupIds.has(group.group_id));
    const views = groups.map((group) => groupView(group, tagIds));
    return { tag_group: views.filter(({ tag }) => tagIds.size === 0 || tag.length > 0) };
  },
};

export const corpTagEndpoints: Endpoints = { 'externalcontact/get_corp_tag_list': list };

const groupView = ({ group_id, group_name, create_time, order, tags }: TagGroup, only: ReadonlySet<string>) => ({
  group_id,
  group_name,
  create_time,
  order,
  tag: [...tags.values()]
    .filter(({ id }) => only.size === 0 || only.has(id))
    .map((tag) => ({ id: tag.id, name: tag.name, create_time: tag.create_time, order: tag.order })),
});
