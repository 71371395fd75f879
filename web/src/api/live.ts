import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { queryClient } from './query-client';
import { useCan } from './session';
import type { InboxEvent, Run } from './types';

interface LiveEvents {
  inbox: InboxEvent;
  run: Run;
}
export type LiveName = keyof LiveEvents;
export type LiveState = 'connecting' | 'open' | 'lost';

const address = '/api/v1/live';
const retryAfterMs = 5_000;

/** One connection for the whole console. It opens with the first listener and closes with the last. */
function createLiveFeed() {
  const listeners = new Map<LiveName, Set<(data: never) => void>>([
    ['inbox', new Set()],
    ['run', new Set()],
  ]);
  const watchers = new Set<() => void>();
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let state: LiveState = 'connecting';
  let interrupted = false;

  const become = (next: LiveState) => {
    state = next;
    for (const watcher of watchers) watcher();
  };
  const emit = (name: LiveName) => (message: MessageEvent<string>) => {
    const data = JSON.parse(message.data) as never;
    for (const listener of listeners.get(name) ?? []) listener(data);
  };
  const opened = () => {
    // What happened while we were cut off was not told: ask again for what is on screen.
    if (interrupted) void queryClient.invalidateQueries();
    interrupted = false;
    become('open');
  };
  const failed = () => {
    interrupted = true;
    become('lost');
    if (source?.readyState !== EventSource.CLOSED) return;
    source = undefined;
    retry = setTimeout(open, retryAfterMs);
  };
  const open = () => {
    source = new EventSource(address);
    source.onopen = opened;
    source.onerror = failed;
    for (const name of listeners.keys()) source.addEventListener(name, emit(name));
  };
  const close = () => {
    clearTimeout(retry);
    source?.close();
    source = undefined;
    interrupted = false;
    state = 'connecting';
  };

  return {
    state: () => state,
    /** @returns a function that ends the watch */
    watch(watcher: () => void) {
      watchers.add(watcher);
      if (watchers.size === 1) open();
      return () => {
        watchers.delete(watcher);
        if (watchers.size === 0) close();
      };
    },
    on(name: LiveName, listener: (data: never) => void) {
      listeners.get(name)?.add(listener);
      return () => void listeners.get(name)?.delete(listener);
    },
  };
}

const feed = createLiveFeed();

/** Whether news arrives; using it keeps the connection open. */
export const useLiveState = (): LiveState => useSyncExternalStore(feed.watch, feed.state);

/**
 * Calls `listener` for every event of the live feed, in the order the server sent them. Readers who may not listen hear
 * nothing: the server would refuse them again and again.
 */
export function useLive<N extends LiveName>(name: N | undefined, listener: (data: LiveEvents[N]) => void): void {
  const latest = useEffectEvent(listener);
  const may = useCan('inbox:read');
  const heard = may ? name : undefined;
  useEffect(() => (heard ? feed.on(heard, (data: LiveEvents[N]) => latest(data)) : undefined), [heard]);
}
