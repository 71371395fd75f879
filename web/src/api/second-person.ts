import { useEffect, useEffectEvent } from 'react';
import { create } from 'zustand';
import type { Fault } from './fault';

/** An act that the server does not let one person do alone (S12). */
interface SharedAct {
  action: string;
  payload: Record<string, unknown>;
}

interface SharedActs {
  act: SharedAct | undefined;
  /** How many acts somebody was asked for since the page was opened. */
  asked: number;
}

/** What the dialog of the frame offers to ask a second person for; undefined when there is nothing. */
export const useSharedAct = create<SharedActs>()(() => ({ act: undefined, asked: 0 }));

/** The act stays undone: the reader gives a reason, and somebody else decides. */
export function offerSecondPerson({ code, details }: Fault): void {
  if (code === 'APPROVAL_REQUIRED') useSharedAct.setState({ act: details as SharedAct });
}

/** Calls `then` once a second person was asked: the form that wanted the act has nothing left to do. */
export function useAsked(then: () => void): void {
  const latest = useEffectEvent(then);
  useEffect(() => useSharedAct.subscribe((now, before) => now.asked > before.asked && latest()), []);
}
