import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import { client } from './client';
import type { ArchivedMessage } from './types';

/** Where reading begins: at the newest, around a message, or at the first message since an instant. */
export type MessagesStart = 'end' | { around: string } | { at: string };

type Step = MessagesStart | { order: 'asc' | 'desc'; cursor: string };

interface Piece {
  /** Oldest first. */
  items: ArchivedMessage[];
  earlier: string | null;
  later: string | null;
}

const pieceSize = 200;
/** Hits are found for their ids: few at a time, for all of them are recorded as shown. */
const hitsAtOnce = 50;

async function read(id: string, step: Step, signal: AbortSignal): Promise<Piece> {
  const query = { limit: pieceSize, ...(step === 'end' ? {} : step) };
  const { data } = await client.GET('/conversations/{id}/messages', { params: { path: { id }, query }, signal });
  const { items = [], next_cursor = null, previous_cursor = null } = data ?? {};
  const backwards = step === 'end' || ('order' in step && step.order === 'desc');
  return backwards
    ? { items: items.toReversed(), earlier: next_cursor, later: previous_cursor }
    : { items, earlier: previous_cursor, later: next_cursor };
}

/**
 * The messages of a conversation from some point on, both ways. Every piece that is read is recorded as read: nothing is
 * asked for a second time by itself.
 */
export function useMessages(id: string, start: MessagesStart) {
  const step = (order: 'asc' | 'desc', cursor: string | null | undefined) => (cursor ? { order, cursor } : null);
  return useInfiniteQuery<Piece, Error, InfiniteData<Piece, Step>, readonly unknown[], Step>({
    queryKey: ['get', '/conversations/{id}/messages', { id, start }],
    queryFn: ({ pageParam, signal }) => read(id, pageParam, signal),
    initialPageParam: start,
    getPreviousPageParam: ({ earlier }) => step('desc', earlier),
    getNextPageParam: ({ later }) => step('asc', later),
    staleTime: 'static',
    // Comparing all that was read with itself would cost more with every piece.
    structuralSharing: false,
    gcTime: 60_000,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** Messages of one conversation in which the words of a query stand, newest first, page by page. Asked for once. */
export function useFoundIn(conversationId: string, q: string) {
  return useInfiniteQuery({
    queryKey: ['get', '/messages', { conversationId, q }],
    queryFn: async ({ pageParam, signal }) => {
      const query = { conversation_id: conversationId, q, limit: hitsAtOnce, ...(pageParam && { cursor: pageParam }) };
      const { data } = await client.GET('/messages', { params: { query }, signal });
      return { items: data?.items ?? [], next_cursor: data?.next_cursor ?? null };
    },
    initialPageParam: '',
    getNextPageParam: ({ next_cursor }) => next_cursor,
    enabled: q !== '',
    staleTime: 'static',
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}
