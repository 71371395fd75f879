import { CheckCircleOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type ItemOf, invalidate, useCan } from '../../api';
import { FaultNote, useFaultText } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Note } from '../../components/note';
import { PageHeader } from '../../components/page-header';
import { Panel } from '../../components/panel';
import { StateTag } from '../../components/state-tag';
import { TimeText } from '../../components/time-text';
import { Confirmations } from './confirmations';
import styles from './notices.module.css';
import { PublishNotice } from './publish-notice';

type Notice = ItemOf<'/archive/notices'>;

const newest = { params: { query: { limit: 100 } } };

/** What staff are told of the archive. Each confirms for themselves; who publishes sees who has (A20). */
export function NoticesPage() {
  const { t } = useTranslation('notices');
  const publishes = useCan('archive:review');
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} actions={publishes && <PublishNotice />} />
      <Notices />
    </>
  );
}

function Notices() {
  const { t } = useTranslation('notices');
  const { data, error, refetch } = api.useQuery('get', '/archive/notices', newest);
  if (!data) {
    return <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={8} />}</Panel>;
  }
  if (data.items.length === 0) {
    return (
      <Panel>
        <Note title={t('empty')}>{t('emptyHint')}</Note>
      </Panel>
    );
  }
  return (
    <ol className={styles.notices}>
      {data.items.map((notice) => (
        <li key={notice.id}>
          <OneNotice notice={notice} />
        </li>
      ))}
    </ol>
  );
}

function OneNotice({ notice }: { notice: Notice }) {
  const { t } = useTranslation('notices');
  const publishes = useCan('archive:review');
  const { title, content, published_at } = notice;
  return (
    <Panel title={<bdi>{title}</bdi>} extra={publishes && <Confirmations notice={notice} />}>
      <p className={styles.quiet}>
        {t('published')} <TimeText at={published_at} />
      </p>
      <div className={styles.content} dir="auto">
        {content}
      </div>
      <Mine notice={notice} />
    </Panel>
  );
}

/** The reader's own confirmation: nobody gives it for them. */
function Mine({ notice: { id, title, confirmed_at } }: { notice: Notice }) {
  const { t } = useTranslation('notices');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const confirm = api.useMutation('post', '/archive/notices/{id}/confirm', {
    onSuccess: () => {
      void message.success(t('thanks'));
      invalidate('/archive/notices', '/archive/notices/{id}/confirmations');
    },
    onError: (error: unknown) => void message.error(textOf(error)),
  });
  if (confirmed_at) {
    return (
      <div className={styles.mine}>
        <StateTag tone="proved">{t('mine')}</StateTag>
        <span className={styles.quiet}>
          <TimeText at={confirmed_at} />
        </span>
      </div>
    );
  }
  return (
    <div className={styles.mine}>
      <Button
        type="primary"
        icon={<CheckCircleOutlined />}
        loading={confirm.isPending}
        aria-label={`${t('confirm')}: ${title}`}
        onClick={() => confirm.mutate({ params: { path: { id } }, body: {} })}
      >
        {t('confirm')}
      </Button>
      <span className={styles.quiet}>{t('confirmHint')}</span>
    </div>
  );
}
