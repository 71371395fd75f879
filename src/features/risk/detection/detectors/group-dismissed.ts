import { days } from '../../../../core/clock';
import { defineDetector } from '../detector';
import { groupLines, groupOf, lastActivity } from '../group-chat-ground';

/**
 * A customer group was dissolved. By whom WeCom does not say: its owner of then is named, and no more than that.
 */
export const groupDismissed = defineDetector({
  code: 'GROUP_DISMISSED',
  version: 1,
  hears: ['group_chat.dismissed'],
  async detect({ occurred_at, data: { chat_id } }, ground) {
    const group = await groupOf(ground, chat_id);
    const { archived, at } = await lastActivity(ground, chat_id, occurred_at);
    const external = group?.external_count ?? 0;
    const quietMs = at === null ? null : Math.max(occurred_at.getTime() - at.getTime(), 0);
    const lines = await groupLines(ground, chat_id, 'dismissed', occurred_at);
    return [
      {
        key: `${chat_id}:${occurred_at.getTime()}`,
        evidenceLevel: 'OFFICIAL',
        severity: external > 0 && quietMs !== null && quietMs < days(30) ? 'high' : 'medium',
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
