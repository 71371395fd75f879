import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type LegalHold, listOf } from '../../api';
import { Cut } from '../../components/cut';
import { type QueryColumn, QueryTable } from '../../components/query-table';
import { TimeText } from '../../components/time-text';
import { Filters } from '../exports/filters';
import { HoldDetail } from './hold-detail';
import { HoldForm } from './hold-form';
import { HoldState } from './hold-state';
import styles from './holds.module.css';
import { narrowingOf } from './narrowing';

const source = listOf('/archive/holds');

/** Each hold stands for itself: what any of them holds is neither purged nor erased. */
export function HoldsTab() {
  const { t } = useTranslation('holds');
  const [params, setParams] = useSearchParams();
  const close = () => setParams({}, { replace: true });
  return (
    <div className={styles.stack}>
      <p className={styles.quiet}>{t('hint')}</p>
      <QueryTable
        id="holds"
        source={source}
        rowKey={({ id }) => id}
        tabs={{
          ...{ kind: 'choice', key: 'state', label: t('stateTitle') },
          options: (['active', 'released'] as const).map((value) => ({ value, label: t(`state.${value}`) })),
        }}
        filters={[{ kind: 'text', key: 'matter', label: t('matter') }]}
        columns={useColumns()}
        extra={
          <Button type="primary" onClick={() => setParams({ new: '1' })}>
            {t('create')}
          </Button>
        }
        drawer={{
          title: (_, row) => row?.name ?? t('one'),
          content: (id) => <HoldDetail key={id} id={id} />,
        }}
        empty={{ title: t('empty'), hint: t('emptyHint') }}
      />
      <Modal open={params.has('new')} onCancel={close} footer={null} destroyOnHidden width={600} title={t('create')}>
        <HoldForm params={params} onClose={close} />
      </Modal>
    </div>
  );
}

function useColumns(): QueryColumn<LegalHold>[] {
  const { t } = useTranslation('holds');
  return [
    { key: 'name', title: t('name'), width: 220, render: ({ name }) => <Cut text={name} /> },
    { key: 'matter', title: t('matter'), width: 160, render: ({ matter }) => <Cut text={matter} /> },
    { key: 'state', title: t('stateTitle'), width: 110, render: (hold) => <HoldState hold={hold} /> },
    { key: 'what', title: t('what'), render: (hold) => <Filters filters={narrowingOf(hold)} inline /> },
    { key: 'created_at', title: t('created'), width: 140, render: ({ created_at }) => <TimeText at={created_at} /> },
    {
      key: 'released_at',
      title: t('releasedAt'),
      width: 140,
      hidden: true,
      render: ({ released_at }) => <TimeText at={released_at} />,
    },
  ];
}
