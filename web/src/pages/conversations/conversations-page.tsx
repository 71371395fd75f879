import { useTranslation } from 'react-i18next';
import { listOf } from '../../api';
import { PageHeader } from '../../components/page-header';
import {
  chatFilter,
  contactFilter,
  momentFilter,
  type QueryFilter,
  QueryTable,
  staffFilter,
} from '../../components/query-table';
import { conversationPath } from '../../lib/paths';
import { useConversationColumns } from './use-conversation-columns';

const source = listOf('/conversations');
const kinds = ['single', 'group'] as const;

/** The archived conversations, those with the newest message first. */
export function ConversationsPage() {
  const { t } = useTranslation('conversations');
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} />
      <QueryTable
        id="conversations"
        source={source}
        rowKey={({ id }) => id}
        tabs={{
          kind: 'choice',
          key: 'kind',
          label: t('kindTitle'),
          options: kinds.map((value) => ({ value, label: t(`kind.${value}`) })),
        }}
        filters={useFilters()}
        columns={useConversationColumns()}
        href={({ id }) => conversationPath(id)}
        empty={{ title: t('empty'), hint: t('emptyHint') }}
      />
    </>
  );
}

function useFilters(): QueryFilter<'userid' | 'external_userid' | 'chat_id' | 'from' | 'to'>[] {
  const { t } = useTranslation('conversations');
  return [
    staffFilter('userid', t('staff')),
    contactFilter('external_userid', t('external')),
    chatFilter('chat_id', t('chat')),
    momentFilter('from', t('from')),
    momentFilter('to', t('to')),
  ];
}
