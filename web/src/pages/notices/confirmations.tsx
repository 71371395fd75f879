import { Button, Drawer, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ItemOf, useConfirmations } from '../../api';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Note } from '../../components/note';
import { Person } from '../../components/person';
import { TimeText } from '../../components/time-text';
import { staffPath } from '../../lib/paths';
import styles from './notices.module.css';

type Notice = ItemOf<'/archive/notices'>;

/** Who has confirmed a notice, and who has not. */
export function Confirmations({ notice: { id, title, confirmed } }: { notice: Notice }) {
  const { t } = useTranslation('notices');
  const [open, setOpen] = useState(false);
  const [tab, setTab] = useState<'false' | 'true'>('false');
  return (
    <>
      <Button
        type="link"
        size="small"
        aria-label={`${t('confirmedBy', { count: confirmed })}: ${title}`}
        onClick={() => setOpen(true)}
      >
        {t('confirmedBy', { count: confirmed })}
      </Button>
      <Drawer open={open} onClose={() => setOpen(false)} title={title} size={480} destroyOnHidden>
        <Tabs
          activeKey={tab}
          onChange={(next) => setTab(next === 'true' ? 'true' : 'false')}
          items={(['false', 'true'] as const).map((key) => ({ key, label: t(`confirmedTab.${key}`) }))}
        />
        <People id={id} confirmed={tab} />
      </Drawer>
    </>
  );
}

function People({ id, confirmed }: { id: string; confirmed: 'true' | 'false' }) {
  const { t } = useTranslation('notices');
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useConfirmations(id, confirmed);
  if (!data) return error ? <FaultNote error={error} onRetry={() => void refetch()} small /> : <Loading rows={6} />;
  const people = data.pages.flatMap(({ items }) => items);
  if (people.length === 0) return <Note small>{t(`nobody.${confirmed}`)}</Note>;
  return (
    <>
      <ul>
        {people.map(({ userid, name, confirmed_at }) => (
          <li key={userid} className={styles.person}>
            <Person id={userid} name={name} size={20} to={staffPath(userid)} />
            {confirmed_at && (
              <span className={styles.quiet}>
                <TimeText at={confirmed_at} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}
