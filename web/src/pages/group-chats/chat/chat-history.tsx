import { useMemo } from 'react';
import { type GroupChatDetail, type GroupChatHistoryEntry, listOf } from '../../../api';
import { CitedTag, HistoryTimeline } from '../../../components/history';
import type { Tone } from '../../../components/state-tag';
import { useWord } from '../../../lib/use-word';
import { ChatHistoryDetail } from './chat-history-detail';
import { ChatHistoryText } from './chat-history-text';

const families = {
  members: ['joined', 'left'],
  facts: ['renamed', 'notice_changed', 'admins_changed', 'owner_changed', 'status_changed'],
  life: ['created', 'dismissed', 'missing', 'reappeared'],
} as const;

const tones: Readonly<Record<string, Tone>> = {
  created: 'active',
  joined: 'active',
  dismissed: 'lost',
  missing: 'lost',
};

interface Props {
  chat: GroupChatDetail;
  /** Ids of the entries that something rests on: they say so. */
  cited?: readonly string[];
}

export function ChatHistory({ chat, cited = [] }: Props) {
  const wordOf = useWord('groupChats');
  const { chat_id } = chat;
  const source = useMemo(() => listOf('/group-chats/{chat_id}/history', { chat_id }), [chat_id]);
  return (
    <HistoryTimeline<GroupChatHistoryEntry>
      source={source}
      words={{
        families,
        familyName: (family) => wordOf(`family.${family}`) ?? family,
        text: (entry) => (
          <>
            <ChatHistoryText entry={entry} members={chat.members} /> {cited.includes(String(entry.id)) && <CitedTag />}
          </>
        ),
        detail: (entry) => <ChatHistoryDetail entry={entry} />,
        tone: ({ kind }) => tones[kind] ?? 'neutral',
      }}
    />
  );
}
