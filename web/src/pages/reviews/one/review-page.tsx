import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api, type OpenedReview, useOpenedReview } from '../../../api';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { PageHeader } from '../../../components/page-header';
import { Panel } from '../../../components/panel';
import { TimeText } from '../../../components/time-text';
import { conversationPath } from '../../../lib/paths';
import { ConversationName } from '../../conversations/conversation-name';
import { DueTag, ReviewStateTag } from '../review-state';
import styles from '../reviews.module.css';
import { Desk } from './desk';
import { useNext } from './use-next';

/** One item: the message in its conversation, and what the reviewer finds. */
export function ReviewPage() {
  const { id = '' } = useParams();
  return <Opened key={id} id={id} />;
}

function Opened({ id }: { id: string }) {
  const { t } = useTranslation('reviews');
  const { data, error, refetch } = useOpenedReview(id);
  if (data) return <Known review={data} />;
  return (
    <>
      <PageHeader title={t('one')} />
      <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={12} />}</Panel>
    </>
  );
}

function Known({ review }: { review: OpenedReview }) {
  const { t } = useTranslation('reviews');
  const { conversation_id: id, message_id } = review;
  const { data: conversation, error } = api.useQuery('get', '/conversations/{id}', { params: { path: { id } } });
  const next = useNext(review);
  return (
    <>
      <PageHeader
        title={t('one')}
        heading={
          conversation && (
            <span className={styles.heading}>
              {t('one')} <ConversationName conversation={conversation} />
            </span>
          )
        }
        note={
          <span className={styles.due}>
            <ReviewStateTag state={review.state} /> {t(`queue.${review.queue}`)} · {t('due')}{' '}
            <TimeText at={review.due_at} /> <DueTag review={review} />
          </span>
        }
        actions={
          <>
            <Link to={conversationPath(id, message_id)}>{t('inConversation')}</Link>
            <Button onClick={next.go} loading={next.isPending}>
              {t('next')}
            </Button>
          </>
        }
      />
      {conversation && <Desk review={review} conversation={conversation} onNext={next.go} />}
      {!conversation && <Panel>{error ? <FaultNote error={error} /> : <Loading rows={12} />}</Panel>}
    </>
  );
}
