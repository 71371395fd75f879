import { useEffect, useRef, useState } from 'react';
import { useHotkeys } from 'react-hotkeys-hook';

interface Options {
  keys: readonly string[];
  open: string | undefined;
  /** Moving while the drawer is open shows the next row in it. */
  onOpen(key: string): void;
  onEnter(key: string): void;
  onChoose(key: string): void;
}

/** j and k move through the rows, o opens the drawer, Enter the full page, x chooses. @returns the key of the marked row */
export function useRowKeys({ keys, open, onOpen, onEnter, onChoose }: Options) {
  const [marked, setMarked] = useState<string>();
  const body = useRef<HTMLDivElement>(null);
  const current = open && keys.includes(open) ? open : marked;
  const place = current ? keys.indexOf(current) : -1;

  const move = (step: 1 | -1) => {
    const key = keys[Math.min(keys.length - 1, Math.max(0, place + step))];
    if (!key) return;
    setMarked(key);
    if (open) onOpen(key);
  };
  useHotkeys('j', () => move(1));
  useHotkeys('k', () => move(-1));
  useHotkeys('o', () => place >= 0 && current && onOpen(current));
  useHotkeys('x', () => place >= 0 && current && onChoose(current));
  useHotkeys('enter', () => place >= 0 && current && onEnter(current), {
    // A button or link that has the focus keeps its own Enter.
    ignoreEventWhen: (event) =>
      event.target instanceof HTMLElement && event.target.matches('a, button, [role=button], summary'),
  });
  useEffect(() => {
    if (current)
      body.current?.querySelector(`[data-row-key="${CSS.escape(current)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  return { marked: place >= 0 ? current : undefined, mark: setMarked, body };
}
