import { useEffect, useEffectEvent, useRef } from 'react';

/** Calls `act` at most once every `everyMs`, the last request included. */
export function useThrottled(act: () => void, everyMs: number): () => void {
  const latest = useEffectEvent(act);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const lastAt = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const run = useEffectEvent(() => {
    timer.current = undefined;
    lastAt.current = Date.now();
    latest();
  });
  const request = useRef(() => {
    if (timer.current) return;
    timer.current = setTimeout(run, Math.max(0, lastAt.current + everyMs - Date.now()));
  });
  return request.current;
}
