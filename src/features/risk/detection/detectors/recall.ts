import { seconds } from '../../../../core/clock';
import { inChunks } from '../../../../db/bulk';
import { placeholders } from '../../../../db/database';
import type { EvidenceRef, Severity } from '../../findings';
import type { Found, Ground, JudgedMessage, MessageDetector } from '../detector';
import { concerning, messageFact } from '../message-fact';
import { isUnusual, type RecallRate, recallRates } from '../recall-rate';
import { type Sign, signsOf } from '../signs';

const finder = { code: 'RECALL', version: 4 } as const;

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
    const known = await gather(await recallsAmong(messages, ground), ground, before);
    const weaker = await weakerFound(known, ground);
    return { found: known.map((one) => ({ by: finder, draft: draftOf(one, weaker.has(keyOf(one))) })) };
  },
};

/** Those among the messages, and those of originals that come again because more of them can be read: a QR code, a file. */
async function recallsAmong(messages: readonly JudgedMessage[], { read }: Ground): Promise<JudgedMessage[]> {
  const present = new Set(messages.map(({ id }) => id));
  const later = messages.flatMap(({ recalled_by }) =>
    recalled_by === null || present.has(recalled_by.id) ? [] : [recalled_by.id],
  );
  const recalls = messages.filter(({ type }) => type === 'revoke');
  return [...recalls, ...(await read(later))].filter(({ sender_kind }) => sender_kind !== 'robot');
}

/** Of those that weigh something by now, the ones that were found when less was known of their originals. */
async function weakerFound(known: readonly Recall[], { db }: Ground): Promise<Set<string>> {
  const keys = known.filter(({ signs }) => signs.length > 0).map(keyOf);
  const rows = await inChunks(keys, (chunk) =>
    db.query<{ dedupe_key: string; severity: Severity; features: string }>(
      `SELECT dedupe_key, severity, features FROM finding WHERE dedupe_key IN (${placeholders(chunk.length)})`,
      chunk.map((key) => `${finder.code}:${key}`),
    ),
  );
  const found = new Map(rows.map((row) => [row.dedupe_key, row]));
  return new Set(
    known
      .filter((one) => {
        const row = found.get(`${finder.code}:${keyOf(one)}`);
        const signs: readonly string[] = row ? JSON.parse(row.features).signs : one.signs;
        return one.signs.some((sign) => !signs.includes(sign)) && row?.severity !== severityOf(one);
      })
      .map(keyOf),
  );
}

const keyOf = ({ message }: Recall): string => message.msgid.slice(0, 140);

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

/** @param again whether it was found before with less; what was found stays, and this stands beside it */
function draftOf(recall: Recall, again: boolean) {
  const { message, original, signs, rate } = recall;
  const after = msAfter(recall);
  const evidence: EvidenceRef[] = [messageFact(message)];
  if (original) evidence.push(messageFact(original));
  return {
    key: again ? `${keyOf(recall)}:more` : keyOf(recall),
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
