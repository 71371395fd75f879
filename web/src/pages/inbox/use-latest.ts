import { useEffect, useRef, useState } from 'react';
import { type InboxEvent, useLive } from '../../api';

/** A busy hour brings hundreds of events a second: rows are drawn anew this often at most. */
const everyMs = 500;
const most = 1_000;

/** What the live feed has said of events since: a row on screen moves from pending to done by itself. */
export function useLatest(): (event: InboxEvent) => InboxEvent {
  const heard = useRef(new Map<number, InboxEvent>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [latest, setLatest] = useState<ReadonlyMap<number, InboxEvent>>(new Map());

  useEffect(() => () => clearTimeout(timer.current), []);
  useLive('inbox', (event) => {
    heard.current.set(event.id, event);
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      heard.current = new Map([...heard.current].slice(-most));
      setLatest(heard.current);
    }, everyMs);
  });
  return (event) => newer(event, latest.get(event.id));
}

/** A list that was read after the news is right: what has been handled since is not undone by it. */
function newer(read: InboxEvent, heard: InboxEvent | undefined): InboxEvent {
  if (!heard || (heard.handled_at ?? '') < (read.handled_at ?? '')) return read;
  return heard;
}
