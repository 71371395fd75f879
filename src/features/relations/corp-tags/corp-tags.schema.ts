import { z } from 'zod';
import { instant, page } from '../../../http/schema';

export const corpTagGroupView = z
  .object({
    group_id: z.string(),
    name: z.string(),
    order: z.number(),
    created_at: instant,
    deleted_at: instant.nullable(),
    tags: z.array(
      z.object({
        tag_id: z.string(),
        name: z.string(),
        order: z.number(),
        created_at: instant,
        deleted_at: instant.nullable(),
        relation_count: z.number().openapi({ description: 'relations that carry this tag' }),
      }),
    ),
  })
  .openapi('CorpTagGroup');

export const corpTagPage = page(corpTagGroupView);
export const corpTagQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).optional(),
  deleted: z.stringbool().optional(),
});
