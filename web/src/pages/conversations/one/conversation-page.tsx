import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api, type Conversation } from '../../../api';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { PageHeader } from '../../../components/page-header';
import { Panel } from '../../../components/panel';
import { ConversationName, useConversationTitle } from '../conversation-name';
import { Actions } from './actions';
import { Chat } from './chat';
import { useStart } from './use-start';

/** How often the page looks for new messages. That asks for no content. */
const freshMs = 20_000;

/** One conversation, as a chat. */
export function ConversationPage() {
  const { t } = useTranslation('conversations');
  const { id = '' } = useParams();
  const path = { params: { path: { id } } };
  const { data, error, refetch } = api.useQuery('get', '/conversations/{id}', path, { refetchInterval: freshMs });
  if (data) return <Page key={id} conversation={data} />;
  return (
    <>
      <PageHeader title={t('title')} />
      <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={12} />}</Panel>
    </>
  );
}

function Page({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations');
  const titleOf = useConversationTitle();
  const start = useStart();
  return (
    <>
      <PageHeader
        title={titleOf(conversation)}
        heading={<ConversationName conversation={conversation} />}
        note={`${t(`kind.${conversation.kind}`)} · ${t('count', { count: conversation.messages })}`}
        actions={<Actions conversation={conversation} start={start} />}
      />
      <Chat key={start.key} conversation={conversation} start={start} />
    </>
  );
}
