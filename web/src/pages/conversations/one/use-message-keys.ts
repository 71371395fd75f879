import { useMemo } from 'react';
import { useHotkeys } from 'react-hotkeys-hook';
import { messageKey, type Row } from './rows';
import type { Start } from './use-start';

interface Options {
  rows: Row[];
  start: Start;
  onOpen(id: string): void;
  isOpen: boolean;
  show(key: string, how: 'nearest'): void;
}

/** `j` and `k`, or the arrows, go from message to message; `o` and Enter open the details. */
export function useMessageKeys({ rows, start, onOpen, isOpen, show }: Options): void {
  const ids = useMemo(() => rows.flatMap((row) => (row.kind === 'message' ? [row.message.id] : [])), [rows]);
  const move = (step: number) => {
    const at = ids.indexOf(start.markedNow() ?? '');
    const next = at < 0 ? ids.at(-1) : ids[Math.min(ids.length - 1, Math.max(0, at + step))];
    if (next === undefined) return;
    start.mark(next);
    show(messageKey(next), 'nearest');
    if (isOpen) onOpen(next);
  };
  useHotkeys('j,down', () => move(1), { preventDefault: true });
  useHotkeys('k,up', () => move(-1), { preventDefault: true });
  useHotkeys('o,enter', () => start.marked && onOpen(start.marked), {
    // A button that has the focus wants Enter for itself.
    ignoreEventWhen: ({ target }) => target instanceof HTMLElement && target.closest('button,a,input') !== null,
  });
}
