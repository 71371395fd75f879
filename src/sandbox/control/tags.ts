import { tagEvent, tagShuffleEvent } from '../callbacks/events';
import { type Company, nowOf, record } from '../company';
import type { Tag, TagGroup } from '../world/types';
import { anyOf, type Hidden, NotPossible } from './support';

export interface NewTag extends Hidden {
  name: string;
  /** Left out: any group. */
  group_id?: string | undefined;
}

/** What the administrator does to corp tags in the console. */
export const tagOperations = (company: Company) => ({
  createTag({ name, group_id, silent }: NewTag): { tag_id: string; group_id: string } {
    const group = group_id ? mustGroup(company, group_id) : anyOf(company, [...company.world.tagGroups.values()]);
    const tag = newTag(company, group, name);
    const detail = { tag_id: tag.id, group_id: group.group_id, name };
    record(company, { kind: 'tag_created', detail }, [{ nodes: tagEvent(tag.id, 'tag', 'create') }], { silent });
    return { tag_id: tag.id, group_id: group.group_id };
  },

  /** A group is never empty, so it comes with its tags. */
  createTagGroup({ name, tags, silent }: { name: string; tags: string[] } & Hidden): {
    group_id: string;
    tag_ids: string[];
  } {
    const { world, random } = company;
    if (tags.length === 0) throw new NotPossible('A tag group has at least one tag');
    const group_id = random.id('et');
    const group: TagGroup = { group_id, group_name: name, create_time: nowOf(company), order: 0, tags: new Map() };
    const created = tags.map((tag) => newTag(company, group, tag));
    world.tagGroups.set(group_id, group);
    const announcements = [
      { nodes: tagEvent(group_id, 'tag_group', 'create') },
      ...created.map((tag) => ({ nodes: tagEvent(tag.id, 'tag', 'create') })),
    ];
    record(company, { kind: 'tag_created', detail: { group_id, name, tags } }, announcements, { silent });
    return { group_id, tag_ids: created.map((tag) => tag.id) };
  },

  renameTag({ tag_id, name, silent }: { tag_id: string; name: string } & Hidden): { tag_id: string } {
    const { group, tag } = mustTag(company, tag_id);
    refuseClash(group, name);
    tag.name = name;
    record(company, { kind: 'tag_changed', detail: { tag_id, name } }, [{ nodes: tagEvent(tag_id, 'tag', 'update') }], {
      silent,
    });
    return { tag_id };
  },

  renameTagGroup({ group_id, name, silent }: { group_id: string; name: string } & Hidden): { group_id: string } {
    mustGroup(company, group_id).group_name = name;
    const announcements = [{ nodes: tagEvent(group_id, 'tag_group', 'update') }];
    record(company, { kind: 'tag_changed', detail: { group_id, name } }, announcements, { silent });
    return { group_id };
  },

  /** The tag leaves every relation. The group dies with its last tag. */
  deleteTag({ tag_id, silent }: { tag_id: string } & Hidden): { tag_id: string } {
    const { group } = mustTag(company, tag_id);
    group.tags.delete(tag_id);
    strip(company, new Set([tag_id]));
    const announcements = [{ nodes: tagEvent(tag_id, 'tag', 'delete') }];
    if (group.tags.size === 0) {
      company.world.tagGroups.delete(group.group_id);
      announcements.push({ nodes: tagEvent(group.group_id, 'tag_group', 'delete') });
    }
    record(company, { kind: 'tag_deleted', detail: { tag_id } }, announcements, { silent });
    return { tag_id };
  },

  /** All tags of the group go with it, without an event of their own. */
  deleteTagGroup({ group_id, silent }: { group_id: string } & Hidden): { group_id: string } {
    const group = mustGroup(company, group_id);
    company.world.tagGroups.delete(group_id);
    strip(company, new Set(group.tags.keys()));
    const announcements = [{ nodes: tagEvent(group_id, 'tag_group', 'delete') }];
    record(company, { kind: 'tag_deleted', detail: { group_id, tag_ids: [...group.tags.keys()] } }, announcements, {
      silent,
    });
    return { group_id };
  },

  /** Reverses the order of a group's tags. */
  shuffleTags({ group_id, silent }: { group_id: string } & Hidden): { group_id: string } {
    const tags = [...mustGroup(company, group_id).tags.values()];
    for (const [index, tag] of tags.sort((a, b) => a.order - b.order).entries()) tag.order = tags.length - index;
    record(company, { kind: 'tags_reordered', detail: { group_id } }, [{ nodes: tagShuffleEvent(group_id) }], {
      silent,
    });
    return { group_id };
  },
});

function newTag(company: Company, group: TagGroup, name: string): Tag {
  refuseClash(group, name);
  const tag: Tag = { id: company.random.id('et'), name, create_time: nowOf(company), order: 0 };
  group.tags.set(tag.id, tag);
  return tag;
}

function refuseClash(group: TagGroup, name: string): void {
  if ([...group.tags.values()].some((tag) => tag.name === name))
    throw new NotPossible(`There is a tag ${name} already`);
}

function strip({ world }: Company, gone: ReadonlySet<string>): void {
  for (const staff of world.staff.values()) {
    for (const relation of staff.relations.values()) {
      if (relation.tags.some((tag) => gone.has(tag))) relation.tags = relation.tags.filter((tag) => !gone.has(tag));
    }
  }
}

function mustGroup({ world }: Company, groupId: string): TagGroup {
  const group = world.tagGroups.get(groupId);
  if (!group) throw new NotPossible(`No tag group ${groupId}`);
  return group;
}

function mustTag({ world }: Company, tagId: string): { group: TagGroup; tag: Tag } {
  const found = world.findTag(tagId);
  if (!found) throw new NotPossible(`No tag ${tagId}`);
  return found;
}
