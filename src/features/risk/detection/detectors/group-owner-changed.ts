import { defineDetector, type Ground } from '../detector';
import { type GroupLine, groupLines, staffIn } from '../group-chat-ground';

/** Where a group went: to a colleague, out of our sight, or from a leaver to whoever follows them. */
async function wayOf(
  ground: Ground,
  before: string,
  after: string,
): Promise<'colleague' | 'out_of_sight' | 'inherited'> {
  const heir = await staffIn(ground, after);
  if (!heir?.isServing) return 'out_of_sight';
  const former = await staffIn(ground, before);
  return former && !former.isServing ? 'inherited' : 'colleague';
}

/**
 * A customer group has another owner; gravest is one who is not of the company, or whom we cannot see. That a leaver's
 * group goes to a colleague is as it should be. What only a read showed, and no event told, is derived.
 */
export const groupOwnerChanged = defineDetector({
  code: 'GROUP_OWNER_CHANGED',
  version: 1,
  hears: ['group_chat.changed'],
  async detect({ occurred_at, data: { chat_id, kind } }, ground) {
    if (kind !== 'owner_changed') return [];
    const [line] = await groupLines(ground, chat_id, 'owner_changed', occurred_at);
    const { before, after } = ownersIn(line);
    if (!before || !after) return [];
    const way = await wayOf(ground, before, after);
    if (way === 'inherited') return [];
    return [
      {
        key: `${chat_id}:${occurred_at.getTime()}`,
        evidenceLevel: line?.source === 'event' ? 'OFFICIAL' : 'DERIVED',
        severity: way === 'out_of_sight' ? 'high' : 'medium',
        ...{ userid: before, chatId: chat_id, occurredAt: occurred_at },
        features: { named_as: 'former_owner', new_owner: after, new_owner_out_of_sight: way === 'out_of_sight' },
        evidence: line ? [line.fact] : [],
      },
    ];
  },
});

function ownersIn(line: GroupLine | undefined): { before: string; after: string } {
  const { before, after } = line?.detail ?? {};
  return { before: String(before ?? ''), after: String(after ?? '') };
}
