import type { Draft, EvidenceRef } from '../../findings';
import { defineDetector, type Ground } from '../detector';
import { type GroupLine, groupLines, groupOf, staffIn } from '../group-chat-ground';

/** `QuitScene` of whoever did not go by themselves. It stands only in lines that `del_member` told (violations §2.2 trap 12). */
const putOut = 1;

async function isOfficer({ db }: Ground, staffId: string): Promise<boolean> {
  const sql = `SELECT id FROM account WHERE staff_id = ? AND disabled_at IS NULL
    AND (expires_at IS NULL OR expires_at > ?) AND roles LIKE '%compliance_officer%'`;
  return (await db.query(sql, [staffId, db.now()])).length > 0;
}

/** Whoever WeCom calls `wm…` or `wo…` is from outside, unless it is somebody of ours. */
const isOutside = (userid: string): boolean => /^w[mo]/.test(userid);

/**
 * Somebody was put out of a customer group; gravest is the colleague who watches over it. Who did it WeCom does not say:
 * the owner of then is named. Whoever has left the company is in no group (trap 13).
 */
export const groupMemberRemoved = defineDetector({
  code: 'GROUP_MEMBER_REMOVED',
  version: 1,
  hears: ['group_chat.changed'],
  async detect({ occurred_at, data: { chat_id, kind } }, ground) {
    if (kind !== 'left') return [];
    const lines = await groupLines(ground, chat_id, 'left', occurred_at);
    const owner = (await groupOf(ground, chat_id))?.owner || undefined;
    const drafts: Draft[] = [];
    for (const line of lines.filter(({ detail }) => detail.scene === putOut)) {
      const about = await whoWent(ground, line);
      if (about) drafts.push({ ...draftOf(about), ...{ userid: owner, chatId: chat_id, occurredAt: occurred_at } });
    }
    return drafts.map((draft) => ({ ...draft, key: `${chat_id}:${draft.key}:${occurred_at.getTime()}` }));
  },
});

interface Removed {
  removed: string;
  outside: boolean;
  supervisor: boolean;
  fact: EvidenceRef;
}

const draftOf = ({ removed, outside, supervisor, fact }: Removed) => ({
  ...({ key: removed, evidenceLevel: 'OFFICIAL', severity: supervisor ? 'high' : 'medium' } as const),
  externalUserid: outside ? removed : undefined,
  features: {
    ...{ named_as: 'owner_then', removed_external: outside, removed_supervisor: supervisor },
    ...(outside ? {} : { removed_userid: removed }),
  },
  evidence: [fact],
});

/** @returns undefined for a leaver */
async function whoWent(ground: Ground, { detail, fact }: GroupLine): Promise<Removed | undefined> {
  const removed = String(detail.userid);
  const staff = await staffIn(ground, removed);
  if (!staff) return { removed, outside: isOutside(removed), supervisor: false, fact };
  return staff.isServing ? { removed, outside: false, supervisor: await isOfficer(ground, staff.id), fact } : undefined;
}
