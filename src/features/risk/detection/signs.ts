import { days } from '../../../core/clock';
import { inChunks } from '../../../db/bulk';
import { isIn } from '../../../db/conditions';
import { placeholders } from '../../../db/database';
import { everything } from '../../../wecom/archive/messages';
import type { DetectorCode, EvidenceRef } from '../findings';
import type { Found, Ground, JudgedMessage } from './detector';
import { concerning } from './message-fact';

/** What makes it matter that a message was taken back: a finding about it, a word of a list, a QR code, a card, money. */
export type Sign = 'finding' | 'word' | 'qr' | 'card' | 'money';

/** Detectors of what is said. */
export const contentDetectors: readonly DetectorCode[] = ['FEIDAN', 'PRIVATE_PAYMENT', 'CONTENT_RULE'];

const money =
  /转账|打款|付款|收款|汇款|定金|订金|尾款|红包|返点|回扣|银行卡|卡号|账户|账号|支付宝|[转付汇](?:给|到|我)|打(?:我|到)?卡/;
const moneyTypes: readonly string[] = ['redpacket', 'external_redpacket'];

/** Of each message by its id. @param before what was found and is not written yet */
export async function signsOf(
  messages: readonly JudgedMessage[],
  ground: Ground,
  before: readonly Found[],
): Promise<ReadonlyMap<number, Sign[]>> {
  const words = await withWords(messages, ground);
  const flags = before.filter(({ by, draft }) => contentDetectors.includes(by.code) && draft.severity !== 'lead');
  const fresh = flags.flatMap(({ draft }) => draft.evidence);
  const found = new Set([...(await withFindings(messages, ground)), ...messagesIn(fresh)]);
  return new Map(
    messages.map((message) => {
      const { id, codes } = message;
      const signs: [Sign, boolean][] = [
        ['finding', found.has(id)],
        ['word', words.has(id)],
        ['qr', codes.length > 0],
        ...inContent(message),
      ];
      return [id, signs.flatMap(([sign, isThere]) => (isThere ? [sign] : []))];
    }),
  );
}

function inContent({ opened }: JudgedMessage): [Sign, boolean][] {
  const parts = opened ? everything(opened.message) : [];
  return [
    ['card', parts.some(({ type }) => type === 'card')],
    [
      'money',
      parts.some(({ type, texts }) => moneyTypes.includes(type) || money.test(texts.join('\n').normalize('NFKC'))),
    ],
  ];
}

async function withWords(messages: readonly JudgedMessage[], { db }: Ground): Promise<Set<number>> {
  const rows = await inChunks(
    messages.map(({ id }) => id),
    (chunk) =>
      db.query<{ message_id: unknown }>(
        `SELECT DISTINCT message_id FROM archive_hit WHERE message_id IN (${placeholders(chunk.length)})`,
        chunk,
      ),
  );
  return new Set(rows.map(({ message_id }) => Number(message_id)));
}

/** Those that a finding rests on, which is more than a lead. */
async function withFindings(messages: readonly JudgedMessage[], { db }: Ground): Promise<number[]> {
  const userids = [...new Set(messages.flatMap((message) => concerning(message).userid ?? []))];
  if (userids.length === 0) return [];
  const since = Math.min(...messages.map(({ sent_at }) => sent_at.getTime())) - days(1);
  const [ofThem, ...who] = isIn('userid', userids);
  const [ofContent, ...codes] = isIn('detector', contentDetectors);
  const rows = await db.query<{ evidence: string }>(
    `SELECT evidence FROM finding WHERE ${ofThem} AND ${ofContent} AND severity <> 'lead' AND occurred_at >= ?`,
    [...who, ...codes, new Date(since)],
  );
  return messagesIn(rows.flatMap(({ evidence }) => JSON.parse(evidence) as EvidenceRef[]));
}

const messagesIn = (refs: readonly EvidenceRef[]): number[] =>
  refs.flatMap(({ source, ref }) => (source === 'message' ? [Number(ref)] : []));
