import { z } from 'zod';
import type { CallOptions, WecomClient } from '../types';
import { id, instant, integer, list, listAnswer, text } from './shape';

export interface CorpTag {
  tag_id: string;
  name: string;
  created_at: Date;
  /** Bigger comes first. */
  order: number;
  /** Told only when asked for by id. */
  deleted: boolean;
}

export interface CorpTagGroup {
  group_id: string;
  name: string;
  created_at: Date;
  order: number;
  deleted: boolean;
  tags: CorpTag[];
}

export interface CorpTagQuery {
  tag_ids?: string[] | undefined;
  /** Ignored by WeCom when `tag_ids` is given too. */
  group_ids?: string[] | undefined;
}

const deleted = z.boolean().nullish().transform(Boolean);

const tag = z
  .object({ id, name: text, create_time: instant, order: integer, deleted })
  .transform(({ id: tag_id, create_time, ...rest }): CorpTag => ({ ...rest, tag_id, created_at: create_time }));

const group = z
  .object({ group_id: id, group_name: text, create_time: instant, order: integer, deleted, tag: list(tag) })
  .transform(
    ({ group_name, create_time, tag: tags, ...rest }): CorpTagGroup => ({
      ...rest,
      name: group_name,
      created_at: create_time,
      tags,
    }),
  );

const tagAnswer = listAnswer('tag_group', { tag_group: list(group) });

export type CorpTagApi = ReturnType<typeof createCorpTagApi>;

/** The company's tags (企业标签). */
export function createCorpTagApi(client: WecomClient) {
  return {
    /** All groups and tags, or those asked for. No paging. */
    async list(query: CorpTagQuery, options: CallOptions): Promise<CorpTagGroup[]> {
      const { tag_ids, group_ids } = query;
      const answer = await client.call({
        app: 'agent',
        method: 'POST',
        path: 'externalcontact/get_corp_tag_list',
        body: {
          ...(tag_ids?.length ? { tag_id: tag_ids } : {}),
          ...(group_ids?.length ? { group_id: group_ids } : {}),
        },
        parse: tagAnswer,
        ...options,
      });
      return answer.tag_group;
    },
  };
}
