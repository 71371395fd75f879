import type { Found, Ground, JudgedMessage, MessageDetector } from '../detector';
import { takenOverFrom } from '../handed-over';
import { messageFact } from '../message-fact';

const finder = { code: 'DEPARTURE_LEAK', version: 1 } as const;

/** What somebody says to a successor whom they do not need any more. */
const words: readonly string[] = [
  ...['已经加了', '已经加过', '已加了', '换号了', '换了号', '加了新号', '加过新号'],
  ...['加了他微信', '加了她微信', '加他微信了', '加她微信了', '还是找他', '还是找她'],
];

const spoken = ({ opened }: JudgedMessage): string[] => {
  const said = (opened?.message.texts ?? []).join('\n').normalize('NFKC');
  return words.filter((word) => said.includes(word));
};

async function leakIn(message: JudgedMessage, ground: Ground): Promise<Found[]> {
  const { conversation, sent_at, msgid } = message;
  const { userid, external_userid } = conversation;
  if (message.sender_kind !== 'external' || userid === null || external_userid === null) return [];
  const heard = spoken(message);
  if (heard.length === 0) return [];
  const leaver = await takenOverFrom(ground, userid, external_userid, sent_at);
  if (leaver === undefined) return [];
  const draft = {
    ...({ key: `said:${msgid.slice(0, 140)}`, evidenceLevel: 'CIRCUMSTANTIAL', severity: 'medium' } as const),
    ...{ userid: leaver, externalUserid: external_userid, occurredAt: sent_at },
    features: { named_as: 'leaver', how: 'said', successor: userid, words: heard },
    evidence: [messageFact(message)],
  };
  return [{ by: finder, draft }];
}

/** An external contact tells the successor that they have the leaver elsewhere: a hint, and no more. */
export const departureLeakSaid: MessageDetector = {
  codes: [finder.code],
  async judge(messages, ground) {
    const found: Found[] = [];
    for (const message of messages) found.push(...(await leakIn(message, ground)));
    return { found };
  },
};
