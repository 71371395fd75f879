import { useTranslation } from 'react-i18next';
import { api, useCan } from '../../../api';
import type { Finding } from '../../../api/findings';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { Panel } from '../../../components/panel';
import { ContactHistory } from '../../external-contacts/person/contact-history';
import { ChatHistory } from '../../group-chats/chat/chat-history';
import { Said } from './said';

/** What the finding rests on, in its place: what was said, and what became of the relation or the group. */
export function Evidence({ finding }: { finding: Finding }) {
  const { t } = useTranslation('findings');
  const seesRelations = useCan('relations:read');
  const { userid, external_userid, chat_id, evidence } = finding;
  const refsOf = (source: string) => evidence.filter((one) => one.source === source).map(({ ref }) => ref);
  const [ofRelation, ofGroup, messages] = [refsOf('relation_history'), refsOf('group_chat_history'), refsOf('message')];
  return (
    <>
      {messages.length > 0 && (
        <Panel title={t('chatTitle')}>
          <Said finding={finding} named={messages} />
        </Panel>
      )}
      {seesRelations && external_userid !== null && ofRelation.length > 0 && (
        <Panel title={t(userid === null ? 'pairTitleAll' : 'pairTitle')}>
          <ContactHistory externalUserid={external_userid} userid={userid ?? undefined} cited={ofRelation} />
        </Panel>
      )}
      {seesRelations && chat_id !== null && ofGroup.length > 0 && (
        <Panel title={t('groupTitle')}>
          <GroupHistory chatId={chat_id} cited={ofGroup} />
        </Panel>
      )}
    </>
  );
}

function GroupHistory({ chatId, cited }: { chatId: string; cited: readonly string[] }) {
  const path = { params: { path: { chat_id: chatId } } };
  const { data, error, refetch } = api.useQuery('get', '/group-chats/{chat_id}', path);
  if (data) return <ChatHistory chat={data} cited={cited} />;
  return error ? <FaultNote error={error} onRetry={() => void refetch()} small /> : <Loading rows={6} />;
}
