import { groupBy } from '../../../core/collections';
import { maskPersonal } from '../../../core/mask';
import type { Vault } from '../../../core/vault';
import type { JudgedMessage } from '../detection';
import type { RuleHit } from './engine';
import type { Hit, Place } from './hit';
import type { Match } from './rule-book';

/** Whom a message concerns. */
type Concerning = (
  message: Pick<JudgedMessage, 'conversation' | 'sender' | 'sender_kind'>,
) => Record<'userid' | 'externalUserid' | 'chatId', string | undefined>;

interface Deps {
  vault: Pick<Vault, 'fingerprint'>;
  concerning: Concerning;
}

/** Of one matcher in one message. */
const mostPlaces = 10;

/** What may be told of what was found: the class of what can be told apart by class, and no words. */
const classed = ['identifier', 'qr'] as const;

/** Turns what was found into what may be kept of it, a hit for each matcher. */
export const createHits =
  ({ vault, concerning }: Deps) =>
  ({ rule, message, hits }: Match): Hit[] => {
    const { userid, externalUserid, chatId } = concerning(message);
    return [...groupBy(hits, ({ matcher }) => matcher)].map(([matcher, own]) => ({
      ...{ rule_id: rule.id, version: rule.version, matcher, message_id: message.id },
      ...{ conversation_id: message.conversation_id, msgid: message.msgid, sent_at: message.sent_at },
      content: message.content,
      ...{ userid: userid ?? null, external_userid: externalUserid ?? null, chat_id: chatId ?? null },
      fuzzy: own.every(({ fuzzy }) => fuzzy),
      places: own
        .slice(0, mostPlaces)
        .map((hit) => placeOf(hit, rule.settings.definition.matchers[matcher]?.kind, vault)),
    }));
  };

function placeOf({ path, span, what, value }: RuleHit, kind: string | undefined, vault: Deps['vault']): Place {
  const isClassed = classed.some((one) => one === kind);
  return {
    ...{ path, from: span?.from ?? null, to: span?.to ?? null, what: isClassed ? what : null },
    masked: kind === 'identifier' && value !== null ? masked(value) : null,
    hash: isClassed && value !== null ? vault.fingerprint(`rule ${what}`, value) : null,
  };
}

/** As logs mask it; what they do not know, such as a WeChat id, to its first two signs. */
function masked(value: string): string {
  const known = maskPersonal(value);
  return known === value ? `${value.slice(0, 2)}***` : known;
}
