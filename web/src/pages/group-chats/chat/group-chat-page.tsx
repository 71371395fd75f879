import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api, type GroupChatDetail, invalidate, useLive } from '../../../api';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { PageHeader } from '../../../components/page-header';
import { Panel } from '../../../components/panel';
import { GroupChatStateTag } from '../../../components/states';
import styles from './chat.module.css';
import { ChatFacts } from './chat-facts';
import { ChatHistory } from './chat-history';
import { Members } from './members';

/** One group chat: what it is, who is in it, what happened. */
export function GroupChatPage() {
  const { t } = useTranslation('groupChats');
  const { id = '' } = useParams();
  const path = { params: { path: { chat_id: id } } };
  const { data: chat, error, refetch } = api.useQuery('get', '/group-chats/{chat_id}', path);
  useLive('inbox', ({ chat_id, state }) => {
    if (chat_id === id && state === 'done') invalidate('/group-chats/{chat_id}', '/group-chats/{chat_id}/history');
  });
  if (chat) return <Chat chat={chat} />;
  return (
    <>
      <PageHeader title={t('title')} />
      <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={10} />}</Panel>
    </>
  );
}

function Chat({ chat }: { chat: GroupChatDetail }) {
  const { t } = useTranslation('groupChats');
  return (
    <>
      <PageHeader
        title={chat.name || t('unnamed')}
        note={t('headcount', { count: chat.member_count, external: chat.external_count })}
        actions={<GroupChatStateTag state={chat.state} />}
      />
      <div className={styles.page}>
        <div className={styles.column}>
          <Panel title={t('facts')}>
            <ChatFacts chat={chat} />
          </Panel>
          <Panel title={t('notice')}>
            {chat.notice ? (
              <p className={styles.notice} dir="auto">
                {chat.notice}
              </p>
            ) : (
              <span className={styles.quiet}>{t('noticeEmpty')}</span>
            )}
          </Panel>
        </div>
        <Members chat={chat} />
        <Panel title={t('timeline')}>
          <ChatHistory chat={chat} />
        </Panel>
      </div>
    </>
  );
}
