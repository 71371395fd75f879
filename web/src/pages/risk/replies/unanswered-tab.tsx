import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { listOf, useCan } from '../../../api';
import type { UnansweredQuestion } from '../../../api/reply-quality';
import { externalContactPath } from '../../../components/external-person';
import { StaffName } from '../../../components/names';
import { type QueryColumn, QueryTable, staffFilter } from '../../../components/query-table';
import { StateTag } from '../../../components/state-tag';
import { TimeText } from '../../../components/time-text';
import { conversationPath } from '../../../lib/paths';
import { ContactLink } from '../../findings/contact-link';
import { Wait } from '../wait';

const source = listOf('/reply-quality/unanswered');

/** Whoever has waited longest is the first. */
export function UnansweredTab() {
  const { t } = useTranslation('replyQuality');
  return (
    <QueryTable
      id="unanswered"
      source={source}
      rowKey={({ conversation_id }) => conversation_id}
      filters={[staffFilter('userid', t('staff'))]}
      columns={useColumns()}
      href={({ external_userid }) => externalContactPath(external_userid)}
      empty={{ title: t('unansweredEmpty'), hint: t('unansweredEmptyHint') }}
    />
  );
}

function useColumns(): QueryColumn<UnansweredQuestion>[] {
  const { t } = useTranslation('replyQuality');
  const mayRead = useCan('archive:read');
  const columns: QueryColumn<UnansweredQuestion>[] = [
    {
      key: 'external_userid',
      title: t('contact'),
      render: ({ external_userid }) => <ContactLink id={external_userid} />,
    },
    { key: 'userid', title: t('staff'), width: 200, render: ({ userid }) => <StaffName userid={userid} /> },
    { key: 'since', title: t('askedAt'), width: 150, render: ({ since }) => <TimeText at={since} /> },
    {
      key: 'working_minutes',
      title: t('waited'),
      width: 150,
      align: 'right',
      render: ({ working_minutes }) => <Wait minutes={working_minutes} />,
    },
    { key: 'due_at', title: t('due'), width: 240, render: (row) => <Due question={row} /> },
  ];
  if (!mayRead) return columns;
  const conversation: QueryColumn<UnansweredQuestion> = {
    key: 'conversation',
    title: t('conversation'),
    width: 130,
    render: ({ conversation_id }) => (
      <Link to={conversationPath(conversation_id)} onClick={(event) => event.stopPropagation()}>
        {t('openConversation')}
      </Link>
    ),
  };
  return [...columns, conversation];
}

function Due({ question: { overdue, due_at } }: { question: UnansweredQuestion }) {
  const { t } = useTranslation('replyQuality');
  return (
    <>
      <StateTag tone={overdue ? 'person' : 'active'}>{t(overdue ? 'overdue' : 'inTime')}</StateTag>{' '}
      <TimeText at={due_at} />
    </>
  );
}
