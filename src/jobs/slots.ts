import type { JobHandler, Lane } from './job.types';
import { lanes as allLanes } from './job.types';

/** What a worker could begin now. */
export interface Openings {
  kinds: string[];
  /** Most urgent and least urgent lane, as the rows number them. */
  firstLane: number;
  lastLane: number;
  room: number;
  /** Some lane or kind is full, so jobs may wait that were not looked for. */
  partial: boolean;
}

interface Waiting {
  kind: string;
  lane: number;
  serial_key: string | null;
}

/** Which jobs fit into a worker beside the kinds it is running. */
export interface Slots {
  /** @returns null when nothing fits */
  openings(running: readonly string[]): Openings | null;
  /** Those of the list that fit together, first come first served. */
  admit<T extends Waiting>(list: T[], running: readonly string[]): T[];
}

interface SlotOptions {
  handlers: Iterable<JobHandler>;
  lanes: readonly Lane[];
  concurrency: number;
}

/** Each lane leaves one slot more to the lanes before it, so bulk work never occupies all (I7). */
export function createSlots({ handlers, lanes, concurrency }: SlotOptions): Slots {
  const limits = new Map([...handlers].map((handler) => [handler.kind, handler.concurrency ?? concurrency]));
  const firstLane = Math.min(...lanes.map((lane) => allLanes.indexOf(lane)));
  const served = lanes.map((_, rank) => firstLane + rank);
  if (lanes.some((lane) => !served.includes(allLanes.indexOf(lane)))) {
    throw new RangeError(`the lanes of a worker must be neighbours, unlike ${lanes.join(', ')}`);
  }
  const mostIn = (lane: number) => Math.max(1, concurrency - (lane - firstLane));
  return {
    openings(running) {
      const count = countKinds(running);
      const kinds = [...limits].filter(([kind, limit]) => (count.get(kind) ?? 0) < limit).map(([kind]) => kind);
      const lastLane = served.filter((lane) => running.length < mostIn(lane)).at(-1);
      if (lastLane === undefined || kinds.length === 0) return null;
      const partial = lastLane !== served.at(-1) || kinds.length < limits.size;
      return { kinds, firstLane, lastLane, partial, room: concurrency - running.length };
    },

    admit(list, running) {
      const count = countKinds(running);
      let total = running.length;
      return list.filter(({ kind, lane }) => {
        const ofKind = count.get(kind) ?? 0;
        if (total >= mostIn(lane) || ofKind >= (limits.get(kind) ?? 0)) return false;
        total++;
        count.set(kind, ofKind + 1);
        return true;
      });
    },
  };
}

function countKinds(kinds: readonly string[]): Map<string, number> {
  const count = new Map<string, number>();
  for (const kind of kinds) count.set(kind, (count.get(kind) ?? 0) + 1);
  return count;
}
