import type { ArchiveExport, LegalHold } from '../../api';

/** What a hold names, as an export names it. */
export function narrowingOf(hold: LegalHold): ArchiveExport['filters'] {
  const { userid, external_userid, chat_id, conversation_id, from, to } = hold;
  return {
    ...(conversation_id ? { conversation_ids: [conversation_id] } : {}),
    ...(userid ? { userid } : {}),
    ...(external_userid ? { external_userid } : {}),
    ...(chat_id ? { chat_id } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  };
}
