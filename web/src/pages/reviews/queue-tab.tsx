import { useTranslation } from 'react-i18next';
import { api, listOf, type Review } from '../../api';
import { Cut } from '../../components/cut';
import { StaffName } from '../../components/names';
import {
  type ChoiceFilter,
  type QueryColumn,
  type QueryFilter,
  QueryTable,
  staffFilter,
} from '../../components/query-table';
import { TimeText } from '../../components/time-text';
import { reviewPath } from '../../lib/paths';
import { ConversationTitle } from '../messages/conversation-title';
import { DueTag, ReviewStateTag, reviewQueues, reviewStates } from './review-state';
import styles from './reviews.module.css';

const source = listOf('/archive/reviews');

/** The items by queue and state, newest first. No content here: that is shown, and recorded, one by one. */
export function QueueTab() {
  const { t } = useTranslation('reviews');
  return (
    <QueryTable
      id="reviews"
      source={source}
      rowKey={({ id }) => id}
      tabs={{
        kind: 'choice',
        key: 'queue',
        label: t('queueTitle'),
        options: reviewQueues.map((value) => ({ value, label: t(`queue.${value}`) })),
      }}
      filters={useFilters()}
      columns={useColumns()}
      href={({ id }) => reviewPath(id)}
      empty={{ title: t('empty'), hint: t('emptyHint') }}
    />
  );
}

type Key = 'state' | 'assignee' | 'userid' | 'profile_id';

function useFilters(): QueryFilter<Key>[] {
  const { t } = useTranslation('reviews');
  const profiles = api.useQuery('get', '/archive/review-profiles', {}, { staleTime: 60_000 });
  const choice = (key: Key, label: string, options: ChoiceFilter<Key>['options']): ChoiceFilter<Key> => ({
    ...{ kind: 'choice', key, label, options },
  });
  return [
    choice(
      'state',
      t('stateTitle'),
      reviewStates.map((value) => ({ value, label: t(`state.${value}`) })),
    ),
    choice('assignee', t('assignee'), [{ value: 'me', label: t('me') }]),
    staffFilter('userid', t('concerns')),
    choice(
      'profile_id',
      t('profile'),
      (profiles.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
    ),
  ];
}

function useColumns(): QueryColumn<Review>[] {
  const { t } = useTranslation('reviews');
  return [
    {
      key: 'conversation',
      title: t('conversation'),
      width: 260,
      render: ({ conversation_id }) => (
        <span className={styles.cut}>
          <ConversationTitle id={conversation_id} />
        </span>
      ),
    },
    { key: 'queue', title: t('queueTitle'), width: 110, render: ({ queue }) => t(`queue.${queue}`) },
    { key: 'state', title: t('stateTitle'), width: 110, render: ({ state }) => <ReviewStateTag state={state} /> },
    { key: 'subjects', title: t('concerns'), width: 180, render: (review) => <Subjects review={review} /> },
    { key: 'reason', title: t('reason'), render: ({ reason }) => (reason ? <Cut text={reason} /> : '–') },
    {
      key: 'tags',
      title: t('tags'),
      width: 160,
      hidden: true,
      render: ({ tags }) => (tags.length > 0 ? <Cut text={tags.join(' · ')} /> : '–'),
    },
    {
      key: 'due_at',
      title: t('due'),
      width: 150,
      render: (review) => (
        <span className={styles.due}>
          <TimeText at={review.due_at} /> <DueTag review={review} />
        </span>
      ),
    },
    {
      key: 'assignee',
      title: t('assignee'),
      width: 140,
      render: ({ assignee, decided_by }) => assignee?.name ?? decided_by?.name ?? '–',
    },
    { key: 'created_at', title: t('created'), width: 130, render: ({ created_at }) => <TimeText at={created_at} /> },
  ];
}

function Subjects({ review: { subjects } }: { review: Review }) {
  const { t } = useTranslation();
  if (subjects.length === 0) return '–';
  return (
    <span className={styles.cut}>
      {subjects.map((userid, place) => (
        <span key={userid}>
          {place > 0 && t('listSeparator')}
          <StaffName userid={userid} />
        </span>
      ))}
    </span>
  );
}
