import { z } from 'zod';
import type { Services } from '../src/services';
import type { XmlObject } from '../src/wecom/xml';

/** The news itself, beside what its family says in its own fields. */
export interface Arrival {
  /** `CreateTime`. */
  at: Date;
  /** Too far off to be believed: it may only trigger a read (S2). */
  stale: boolean;
  /** Names the inbox event in histories. */
  ref: string;
}

/** What to store once everything has been read. Runs in the transaction that marks the event done. */
export type Write = () => Promise<void>;

export type Reaction =
  | { handled: true; react(message: XmlObject, services: Services, arrival: Arrival): Promise<Write> }
  | { handled: false; reason: string };

/** Reacts to an event whose fields have the given shape. Reads first, and returns the write. */
export const on = <S extends z.ZodRawShape>(
  shape: S,
  react: (message: z.output<z.ZodObject<S>> & Arrival, services: Services) => Promise<Write>,
): Reaction => {
  const schema = z.object(shape);
  return {
    handled: true,
    react: (message, services, arrival) => react({ ...schema.parse(message), ...arrival }, services),
  };
};

/** Kept until the feature that needs it arrives; then replayed by itself. */
export const awaits = (feature: string): Reaction => ({ handled: false, reason: `waits for: ${feature}` });

/** Kept, but nothing in this product needs it. */
export const unused = (why: string): Reaction => ({ handled: false, reason: why });

/** One WeCom event family. Families without a change type use the key `''`. */
export interface Family {
  event: string;
  changes: Record<string, Reaction>;
}

export const family = (event: string, changes: Record<string, Reaction>): Family => ({ event, changes });

/** Families of one reaction each, under the name of the event. */
export const plain = (names: string[], reaction: Reaction): Family[] =>
  names.map((name) => family(name, { '': reaction }));

export interface Dispatcher {
  /** @param event, changeType as WeCom spells them: its spelling of case is mixed (events R5) */
  find(event: string, changeType: string): Reaction;
  /** Every pair this version reacts to, in lower case. */
  handled: { event: string; changeType: string }[];
}

const unknownEvent: Reaction = { handled: false, reason: 'unknown event, kept as it came' };

/** Finds the reaction by event first, then change type: change types recur between families (events R4). */
export function createDispatcher(families: Family[]): Dispatcher {
  const reactions = new Map<string, Map<string, Reaction>>();
  for (const { event, changes } of families) {
    const known = reactions.get(event.toLowerCase()) ?? new Map<string, Reaction>();
    for (const [changeType, reaction] of Object.entries(changes)) known.set(changeType.toLowerCase(), reaction);
    reactions.set(event.toLowerCase(), known);
  }
  return {
    find(event, changeType) {
      const changes = reactions.get(event.toLowerCase());
      return changes?.get(changeType.toLowerCase()) ?? changes?.get('*') ?? unknownEvent;
    },
    handled: [...reactions].flatMap(([event, changes]) =>
      [...changes].filter(([, r]) => r.handled).map(([changeType]) => ({ event, changeType })),
    ),
  };
}

/** Numbers arrive with or without CDATA, so always as text. */
export const integer = z
  .string()
  .regex(/^-?\d+$/)
  .transform(Number);

/** A comma-separated list in one field. */
export const commaList = z.string().transform((text) =>
  text
    .split(/[,|]/)
    .map((part) => part.trim())
    .filter(Boolean),
);
