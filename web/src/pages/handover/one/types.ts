import type { Handover } from '../../../api/handovers';

/** A handover that is stored: it has an id. */
export type Plan = Handover & { id: string };
