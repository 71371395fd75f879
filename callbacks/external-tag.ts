import { z } from 'zod';
import { family, on } from './define';

const tag = { Id: z.string().min(1), TagType: z.enum(['tag', 'tag_group']) };

/** 企业客户标签 (path/92130). Deleting a group tells nothing of its tags. */
export const externalTag = family('change_external_tag', {
  create: on(tag, (m, { corpTags }) => corpTags.onChanged({ id: m.Id, tagType: m.TagType })),
  update: on(tag, (m, { corpTags }) => corpTags.onChanged({ id: m.Id, tagType: m.TagType })),
  delete: on(tag, (m, { corpTags }) => corpTags.onDeleted({ id: m.Id, tagType: m.TagType })),
  /** An empty Id: the order of all groups changed. */
  shuffle: on({ Id: z.string().optional() }, (m, { corpTags }) => corpTags.onShuffled(m.Id ?? '')),
});
