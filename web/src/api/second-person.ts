import { create } from 'zustand';
import type { Fault } from './fault';

/** An act that the server does not let one person do alone (S12). */
interface SharedAct {
  action: string;
  payload: Record<string, unknown>;
}

/** What the dialog of the frame offers to ask a second person for; undefined when there is nothing. */
export const useSharedAct = create<{ act: SharedAct | undefined }>()(() => ({ act: undefined }));

/** The act stays undone: the reader gives a reason, and somebody else decides. */
export function offerSecondPerson({ code, details }: Fault): void {
  if (code === 'APPROVAL_REQUIRED') useSharedAct.setState({ act: details as SharedAct });
}
