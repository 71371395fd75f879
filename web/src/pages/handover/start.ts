import { newHandoverPath } from '../../lib/paths';

/** What a new handover begins with: whose things, and which of them; where none is named, all of them. */
export interface HandoverStart {
  from: string;
  contacts?: string[];
  groups?: string[];
}

/** Longer addresses do not get through everywhere. */
const longest = 1_500;

/** Where a handover is planned. What does not fit into an address goes along as the state of the navigation. */
export function newHandover(start: HandoverStart): { to: string; state?: HandoverStart } {
  const { from, contacts, groups } = start;
  const to = newHandoverPath({ from: [from], ...(contacts ? { contacts } : {}) });
  const whole = groups ? `${to}&groups=${groups.map(encodeURIComponent).join()}` : to;
  return whole.length <= longest ? { to: whole } : { to: newHandoverPath({ from: [from] }), state: start };
}
