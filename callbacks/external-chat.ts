import { z } from 'zod';
import { asList, type XmlValue } from '../src/wecom/xml';
import { family, integer, on } from './define';

const chat = { ChatId: z.string().min(1) };
/** Comes as `Item` nodes or as one comma-joined text. */
const memberList = z
  .custom<XmlValue>()
  .optional()
  .transform((value) => asList(value).filter((item) => typeof item === 'string'));

/** 客户群 (path/92130). Which change it was is said by UpdateDetail alone: its neighbours may be left-overs. */
export const externalChat = family('change_external_chat', {
  create: on(chat, ({ ChatId, ...m }, { groupChats }) => groupChats.onCreated({ chat_id: ChatId, ...m })),
  update: on(
    {
      ...chat,
      UpdateDetail: z.string().optional(),
      JoinScene: integer.optional(),
      QuitScene: integer.optional(),
      MemChangeList: memberList,
      LastMemVer: z.string().optional(),
      CurMemVer: z.string().optional(),
    },
    (m, { groupChats }) =>
      groupChats.onUpdated({
        chat_id: m.ChatId,
        at: m.at,
        stale: m.stale,
        ref: m.ref,
        update_detail: m.UpdateDetail,
        join_scene: m.JoinScene,
        quit_scene: m.QuitScene,
        members: m.MemChangeList,
        last_version: m.LastMemVer,
        current_version: m.CurMemVer,
      }),
  ),
  dismiss: on(chat, ({ ChatId, ...m }, { groupChats }) => groupChats.onDismissed({ chat_id: ChatId, ...m })),
});
