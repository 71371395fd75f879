import { App, Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, invalidate, listOf, type Notification } from '../../api';
import { Cut } from '../../components/cut';
import { useFaultText } from '../../components/fault-note';
import { type QueryColumn, QueryTable } from '../../components/query-table';
import { AgeText, TimeText } from '../../components/time-text';
import styles from './notifications.module.css';

const source = listOf('/notifications');

/** A notification in the reader's language. */
function useWords(): (notification: Notification) => { title: string; text: string } {
  const { i18n } = useTranslation();
  return ({ words }) => words[i18n.language === 'en' ? 'en' : 'zh-CN'];
}

/** Everything I was told, newest first; what I have not read yet is bold. */
export function InboxTab() {
  const { t } = useTranslation('notifications');
  const wordsOf = useWords();
  return (
    <QueryTable
      id="notifications"
      source={source}
      rowKey={({ id }) => id}
      tabs={{ kind: 'choice', key: 'unread', label: t('state'), options: [{ value: 'true', label: t('unread') }] }}
      columns={useColumns()}
      extra={<ReadAll />}
      drawer={{
        width: 520,
        title: (_, one) => (one ? wordsOf(one).title : t('one')),
        content: (id, one) => one && <Content key={id} notification={one} />,
      }}
      empty={{ title: t('empty'), hint: t('emptyHint') }}
    />
  );
}

function useColumns(): QueryColumn<Notification>[] {
  const { t } = useTranslation('notifications');
  const wordsOf = useWords();
  return [
    {
      key: 'title',
      title: t('about'),
      width: 240,
      render: (one) => (
        <span className={one.read_at ? styles.read : styles.unread}>
          <Cut text={wordsOf(one).title} />
        </span>
      ),
    },
    { key: 'text', title: t('text'), render: (one) => <Cut text={wordsOf(one).text} /> },
    { key: 'created_at', title: t('at'), width: 130, render: ({ created_at }) => <AgeText at={created_at} /> },
  ];
}

/** Opened is read. */
function Content({ notification }: { notification: Notification }) {
  const { t } = useTranslation('notifications');
  const wordsOf = useWords();
  const { id, read_at, link, created_at } = notification;
  const { mutate } = api.useMutation('post', '/notifications/{id}/read', {
    onSuccess: () => invalidate('/notifications'),
  });
  useEffect(() => {
    if (read_at === null) mutate({ params: { path: { id } } });
  }, [id, read_at, mutate]);
  return (
    <div className={styles.content}>
      <p>{wordsOf(notification).text}</p>
      <p className={styles.quiet}>
        <TimeText at={created_at} />
      </p>
      <Link to={link}>
        <Button type="primary">{t('open')}</Button>
      </Link>
    </div>
  );
}

function ReadAll() {
  const { t } = useTranslation('notifications');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const readAll = api.useMutation('post', '/notifications/read-all', {
    onSuccess: () => invalidate('/notifications'),
    onError: (error) => void message.error(textOf(error)),
  });
  return (
    <Button loading={readAll.isPending} onClick={() => readAll.mutate({})}>
      {t('readAll')}
    </Button>
  );
}
