import { seconds } from '../../../../core/clock';
import type { EvidenceRef, Severity } from '../../findings';
import type { Found, Ground, JudgedMessage, MessageDetector } from '../detector';
import { concerning, messageFact } from '../message-fact';
import { isUnusual, type RecallRate, recallRates } from '../recall-rate';
import { type Sign, signsOf } from '../signs';

const finder = { code: 'RECALL', version: 3 } as const;

/** What is taken back sooner than this was mistyped (violations §2.2 trap 16). */
const mistypedMs = seconds(60);

/** A recall with all that is known of what it took back. */
interface Recall {
  message: JudgedMessage;
  original: JudgedMessage | undefined;
  signs: readonly Sign[];
  /** Of a member of staff; a customer may take back as much as they like. */
  rate: RecallRate | undefined;
}

/**
 * A message was taken back (violations §2). Both stay: what was said is evidence. What the original carried weighs more
 * than how soon it went. An administrator may take back what another wrote; a robot's recalls are nobody's.
 */
export const recall: MessageDetector = {
  codes: [finder.code],
  async judge(messages, ground, before) {
    const recalls = messages.filter(({ type, sender_kind }) => type === 'revoke' && sender_kind !== 'robot');
    const known = await gather(recalls, ground, before);
    return { found: known.map((one) => ({ by: finder, draft: draftOf(one) })) };
  },
};

async function gather(recalls: readonly JudgedMessage[], ground: Ground, before: readonly Found[]): Promise<Recall[]> {
  const originals = await ground.read([...new Set(recalls.flatMap(({ recalls: id }) => id ?? []))]);
  const byId = new Map(originals.map((original) => [original.id, original]));
  const signs = await signsOf(originals, ground, before);
  const ofStaff = recalls.filter(({ sender_kind }) => sender_kind === 'staff');
  const rateOf = ofStaff.length > 0 ? await recallRates(ofStaff, ground) : undefined;
  return recalls.map((message) => {
    const original = message.recalls === null ? undefined : byId.get(message.recalls);
    const rate = message.sender_kind === 'staff' ? rateOf?.(message) : undefined;
    return { message, original, signs: (original && signs.get(original.id)) ?? [], rate };
  });
}

const msAfter = ({ message, original }: Recall): number | undefined =>
  original && message.sent_at.getTime() - original.sent_at.getTime();

function severityOf(recall: Recall): Severity {
  const { signs, rate } = recall;
  if (!rate) return 'lead';
  // What was found about the original rests on the other signs.
  if (signs.filter((sign) => sign !== 'finding').length > 1 || signs.includes('qr')) return 'high';
  if (signs.length > 0) return 'medium';
  if ((msAfter(recall) ?? 0) <= mistypedMs) return 'lead';
  return isUnusual(rate) ? 'medium' : 'low';
}

function draftOf(recall: Recall) {
  const { message, original, signs, rate } = recall;
  const after = msAfter(recall);
  const evidence: EvidenceRef[] = [messageFact(message)];
  if (original) evidence.push(messageFact(original));
  return {
    key: message.msgid.slice(0, 150),
    evidenceLevel: 'OFFICIAL' as const,
    severity: severityOf(recall),
    ...concerning(message),
    occurredAt: message.sent_at,
    features: {
      seconds_after: after === undefined ? null : Math.round(after / 1000),
      original_known: original !== undefined,
      recalled_by_sender: original === undefined ? null : original.sender === message.sender,
      ...{ by_staff: rate !== undefined, signs, ...rate },
    },
    evidence,
  };
}
