import type { Found, JudgedMessage } from '../detection';
import type { EvidenceRef } from '../findings';
import type { Hit, Place } from './hit';
import { severities } from './rules.schema';
import type { RuleAt } from './rules.store';
import { isFuzzy } from './together';

/** What a finding shows; where more was found it is still one finding. */
const mostPlaces = 20;

interface Telling {
  /** Found in what was said before the rule was there. */
  backscan: boolean;
  messageFact: (message: Pick<JudgedMessage, 'id' | 'content'>) => EvidenceRef;
}

/** The finding of one rule in one message, or in what came together. @param hits in the order they were said */
export function foundBy(rule: RuleAt, hits: readonly Hit[], { backscan, messageFact }: Telling): Found {
  const { family, severity, category, definition } = rule.settings;
  const [first, last] = [hits[0] as Hit, hits.at(-1) as Hit];
  const fuzzy = isFuzzy(rule, hits);
  const places = hits.flatMap((hit) => hit.places.map((place) => ({ ...place, message: hit.message_id })));
  const shown = places.slice(0, mostPlaces);
  const messages = new Map(hits.map(({ message_id, content }) => [message_id, { id: message_id, content }]));
  const said = (value: (hit: Hit) => string | null) => hits.map(value).find((one) => one !== null) ?? undefined;
  return {
    by: { code: family, version: rule.version },
    draft: {
      key: keyOf(rule, first),
      evidenceLevel: 'CIRCUMSTANTIAL',
      severity: fuzzy ? (severities[Math.max(0, severities.indexOf(severity) - 1)] ?? severity) : severity,
      userid: said(({ userid }) => userid),
      externalUserid: said(({ external_userid }) => external_userid),
      chatId: said(({ chat_id }) => chat_id),
      occurredAt: last.sent_at,
      features: {
        ...{ rule: rule.id, rule_version: rule.version, category, fuzzy, backscan },
        matchers: [...new Set(hits.map(({ matcher }) => `${matcher} ${definition.matchers[matcher]?.kind}`))],
        places: shown.map(placeText),
        classes: [...new Set(shown.flatMap(({ what }) => what ?? []))],
        identifiers: [...new Set(shown.flatMap(({ masked, hash }) => (masked && hash ? `${masked} ${hash}` : [])))],
      },
      evidence: [...messages.values()].map(messageFact),
    },
  };
}

/** A message is told once by a rule; what came together, once by how it began. */
const keyOf = ({ id, settings: { definition } }: RuleAt, { conversation_id, msgid }: Hit): string =>
  (definition.window_minutes === 0 ? `${id}:${msgid}` : `${id}:${conversation_id}:${msgid}`).slice(0, 150);

/** The message, the path inside it and the span in its text: `17 item[2] 4-9`. */
const placeText = ({ message, path, from, to }: Place & { message: number }): string =>
  [message, path, from === null ? '' : `${from}-${to}`].filter((part) => part !== '').join(' ');
