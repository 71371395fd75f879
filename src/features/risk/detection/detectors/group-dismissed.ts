import { days } from '../../../../core/clock';
import { defineDetector, type Ground } from '../detector';
import { groupLines, groupOf, lastActivity } from '../group-chat-ground';

/**
 * A customer group was dissolved, by an event, or because WeCom says that there is none any more. By whom it does not
 * say: the owner of then is named, and no more than that.
 */
export const groupDismissed = defineDetector({
  code: 'GROUP_DISMISSED',
  version: 2,
  hears: ['group_chat.dismissed', 'group_chat.changed'],
  async detect({ occurred_at, data: { chat_id, kind } }, ground) {
    if (!isEnd(kind) || (await wasMissed(ground, chat_id))) return [];
    const group = await groupOf(ground, chat_id);
    const { archived, at } = await lastActivity(ground, chat_id, occurred_at);
    const external = group?.external_count ?? 0;
    const quietMs = at === null ? null : Math.max(occurred_at.getTime() - at.getTime(), 0);
    const lines = await groupLines(ground, chat_id, kind, occurred_at);
    return [
      {
        key: `${chat_id}:${occurred_at.getTime()}`,
        evidenceLevel: kind === 'dismissed' ? 'OFFICIAL' : 'DERIVED',
        severity: external > 0 && isLively(quietMs) ? 'high' : 'medium',
        ...{ userid: group?.owner || undefined, chatId: chat_id, occurredAt: occurred_at },
        features: {
          ...{ named_as: 'owner_then', external_members: external, archived },
          quiet_days: quietMs === null ? null : Math.floor(quietMs / days(1)),
        },
        evidence: lines.map(({ fact }) => fact),
      },
    ];
  },
});

const isEnd = (kind: string): boolean => kind === 'dismissed' || kind === 'missing';

/** Told late of what a read found gone before: then it was found. One that WeCom showed again since may end again. */
async function wasMissed({ db }: Ground, chatId: string): Promise<boolean> {
  const sql = 'SELECT kind FROM group_chat_history WHERE chat_id = ? ORDER BY id DESC LIMIT 2';
  const [, before] = await db.query<{ kind: string }>(sql, [chatId]);
  return before?.kind === 'missing';
}

const isLively = (quietMs: number | null): boolean => quietMs !== null && quietMs < days(30);
