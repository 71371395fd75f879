import { useMemo } from 'react';
import { api, type OpenedReview } from '../../../api';

type Hit = OpenedReview['hits'][number];

export interface FoundWord {
  list: string;
  /** Undefined when the list was changed since. */
  word: string | undefined;
}

/** The words that were found, by message. A hit names its word by list, version and place. */
export function useFoundWords(hits: readonly Hit[]) {
  const { data } = api.useQuery(
    'get',
    '/archive/word-lists',
    { params: { query: { limit: 200 } } },
    { staleTime: 60_000 },
  );
  return useMemo(() => {
    const said = (hit: Hit): FoundWord => {
      const list = data?.items.find(({ id }) => id === hit.list_id);
      return {
        list: list?.name ?? hit.list_id,
        word: list?.version === hit.version ? list.words[hit.word] : undefined,
      };
    };
    const words = new Map<string, string[]>();
    for (const hit of hits) {
      const { word } = said(hit);
      if (word !== undefined) words.set(hit.message_id, [...(words.get(hit.message_id) ?? []), word]);
    }
    return {
      /** The words of a message as a query, to be marked. */
      of: (messageId: string): string => (words.get(messageId) ?? []).map((word) => `"${word}"`).join(' '),
      /** The words of a message with their lists. */
      listed: (messageId: string): FoundWord[] => hits.filter((hit) => hit.message_id === messageId).map(said),
    };
  }, [hits, data]);
}

export type FoundWords = ReturnType<typeof useFoundWords>;
