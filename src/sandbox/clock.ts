import type { Clock } from '../core/clock';

export interface SandboxClock extends Clock {
  /** Moves time forward and lets everything that became due happen. */
  advance(ms: number): void;
  /** Calls `listener` after every `advance`. */
  onAdvance(listener: () => void): void;
}

/** Real time plus what it was advanced by; with `frozenAt` it stands still in between, so that a run can be repeated exactly. */
export function createSandboxClock({ frozenAt }: { frozenAt?: Date } = {}): SandboxClock {
  const listeners: (() => void)[] = [];
  let offset = 0;
  return {
    now: () => new Date((frozenAt?.getTime() ?? Date.now()) + offset),
    advance(ms) {
      if (!(ms >= 0)) throw new RangeError('The sandbox clock only moves forward');
      offset += ms;
      for (const listener of listeners) listener();
    },
    onAdvance: (listener) => void listeners.push(listener),
  };
}
