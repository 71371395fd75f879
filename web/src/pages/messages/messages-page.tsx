import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { recordedListOf } from '../../api';
import { PageHeader } from '../../components/page-header';
import { QueryTable } from '../../components/query-table';
import { conversationPath } from '../../lib/paths';
import { ExportFound } from './export-found';
import { LanguageHint } from './language-hint';
import { useFoundColumns } from './use-found-columns';
import { useMessageFilters } from './use-message-filters';

const source = recordedListOf('/messages');

/** Archived messages by words and filters; a hit opens its conversation where it stands (AR8). */
export function MessagesPage() {
  const { t } = useTranslation('search');
  const [search] = useSearchParams();
  const query = search.get('q') ?? '';
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} actions={<ExportFound />} />
      <QueryTable
        id="messages"
        source={source}
        rowKey={({ id }) => id}
        search={{ key: 'q', placeholder: t('placeholder'), onEnter: true }}
        filters={useMessageFilters()}
        columns={useFoundColumns(query)}
        href={({ conversation_id, id }) => conversationPath(conversation_id, id, query)}
        empty={{ title: t('empty'), hint: <LanguageHint /> }}
      />
    </>
  );
}
