import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { MessagesStart } from '../../../api';

export interface Start {
  /** Where reading begins: from there pieces are read both ways. */
  from: MessagesStart;
  key: string;
  /** The message the address names: it is marked. */
  marked: string | undefined;
  /** The same, this moment: keys may come faster than the page is drawn. */
  markedNow(): string | undefined;
  /** What the reader came to look for; empty for nothing. */
  query: string;
  leaveQuery(): void;
  /** Marks a message that is here, and lets the address say so. */
  mark(id: string | undefined): void;
  toMessage(id: string): void;
  /** The first message at or after the beginning of a day. */
  toDay(day: string): void;
  toLatest(): void;
}

/** The reader's place in a conversation. It stands in the address, so that a link shows a colleague the same. */
export function useStart(): Start {
  const [search, setSearch] = useSearchParams();
  // The address follows the reader from message to message; reading begins anew only when somebody jumps.
  const [from, setFrom] = useState<MessagesStart>(() => startIn(search));
  const [jump, setJump] = useState(0);
  const marked = search.get('m') ?? undefined;
  const query = search.get('q') ?? '';
  const go = useCallback(
    (address: Record<string, string>) => {
      const next = withQuery(address, query);
      setFrom(startIn(next));
      setJump((count) => count + 1);
      setSearch(next);
    },
    [setSearch, query],
  );
  return useMemo(
    () => ({
      from,
      key: `${jump}`,
      marked,
      query,
      markedNow: () => new URLSearchParams(window.location.search).get('m') ?? undefined,
      leaveQuery: () => setSearch(marked ? { m: marked } : {}, { replace: true }),
      mark: (id) => setSearch(withQuery(id ? { m: id } : {}, query), { replace: true }),
      toMessage: (id) => go({ m: id }),
      toDay: (day) => go({ at: day }),
      toLatest: () => go({}),
    }),
    [from, jump, marked, query, setSearch, go],
  );
}

const withQuery = (address: Record<string, string>, query: string): URLSearchParams =>
  new URLSearchParams({ ...address, ...(query ? { q: query } : {}) });

function startIn(search: URLSearchParams): MessagesStart {
  const message = search.get('m');
  if (message) return { around: message };
  const day = search.get('at');
  const at = day ? new Date(`${day}T00:00`) : undefined;
  return at && !Number.isNaN(at.getTime()) ? { at: at.toISOString() } : 'end';
}
