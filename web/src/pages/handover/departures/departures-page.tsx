import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCan } from '../../../api';
import { departuresBy, openDepartures } from '../../../api/departures';
import { NewButton, NewDialog } from '../../../components/new-form';
import { NoAccess } from '../../../components/no-access';
import { PageHeader } from '../../../components/page-header';
import { QueryTable } from '../../../components/query-table';
import { departurePath, leftoversPath } from '../../../lib/paths';
import styles from '../handover.module.css';
import { DepartureForm } from './departure-form';
import { arranged, type Stand } from './standing';
import { Tiles } from './tiles';
import { useBoardColumns } from './use-board-columns';

const source = departuresBy<'stand' | 'q'>(
  (departures, values) => arranged(departures, values, new Date()),
  ({ stand }) => stand === 'over',
);
const tabs = ['overdue', 'left', 'planned', 'done', 'over'] as const satisfies readonly Stand[];

/** Who left or will leave, the most urgent first, and how far what is theirs has come. */
export function DeparturesPage() {
  const { t } = useTranslation('handoverDesk');
  const may = useCan('handovers:read');
  const mayManage = useCan('handovers:manage');
  const columns = useBoardColumns();
  if (!may) return <NoAccess />;
  return (
    <>
      <PageHeader
        title={t('board')}
        note={t('boardNote')}
        actions={mayManage && <NewButton>{t('register')}</NewButton>}
      />
      <div className={styles.stack}>
        <Summary />
        <QueryTable
          id="departures"
          source={source}
          rowKey={({ id }) => id}
          search={{ key: 'q', placeholder: t('searchMember') }}
          tabs={{
            ...{ kind: 'choice', key: 'stand', label: t('standTitle'), first: t('open') },
            options: tabs.map((value) => ({ value, label: t(`stand.${value}`) })),
          }}
          columns={columns}
          href={({ id }) => departurePath(id)}
          empty={{
            title: t('boardEmpty'),
            hint: t('boardEmptyHint'),
            actions: <Link to={leftoversPath()}>{t('toLeftovers')}</Link>,
          }}
        />
      </div>
      <NewDialog title={t('register')}>{(close) => <DepartureForm onClose={close} />}</NewDialog>
    </>
  );
}

/** Keeps its place while it is read. What fails is told by the table. */
function Summary() {
  const { data, error } = useQuery(openDepartures);
  if (data) return <Tiles departures={data} />;
  if (error) return null;
  return (
    <ul className={styles.tiles} aria-hidden>
      {[0, 1, 2, 3].map((place) => (
        <li key={place} className={styles.tile}>
          <Skeleton active title={false} paragraph={{ rows: 3 }} />
        </li>
      ))}
    </ul>
  );
}
