import { App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, invalidate, listOf, type ReportingEdge, useCan } from '../../api';
import { useFaultText } from '../../components/fault-note';
import { Person } from '../../components/person';
import { type QueryColumn, type QueryFilter, QueryTable, staffFilter } from '../../components/query-table';
import { TimeText } from '../../components/time-text';
import { staffPath } from '../../lib/paths';
import styles from './access.module.css';
import { DrawLine } from './draw-line';
import { LineState } from './line-state';

const source = listOf('/reporting-edges');
const sources = ['department', 'direct_leader', 'manual', 'deputy'] as const;

/** Who is above whom, and how we know. */
export function LinesTab() {
  const { t } = useTranslation('access');
  const mayWrite = useCan('reporting:write');
  return (
    <>
      <p className={styles.hint}>{t('linesHint')}</p>
      <QueryTable
        id="reporting-edges"
        source={source}
        rowKey={(edge) => edge.id}
        filters={useFilters()}
        columns={useColumns(mayWrite)}
        extra={
          mayWrite && (
            <>
              <DrawLine kind="deputy" />
              <DrawLine kind="line" />
            </>
          )
        }
        empty={{ title: t('emptyLines'), hint: t('emptyLinesHint') }}
      />
    </>
  );
}

function useFilters(): QueryFilter<'superior' | 'userid' | 'source'>[] {
  const { t } = useTranslation('access');
  return [
    staffFilter('superior', t('superior')),
    staffFilter('userid', t('member')),
    {
      kind: 'choice',
      key: 'source',
      label: t('source'),
      options: sources.map((value) => ({ value, label: t(`sourceOf.${value}`) })),
    },
  ];
}

function useColumns(mayWrite: boolean): QueryColumn<ReportingEdge>[] {
  const { t } = useTranslation('access');
  const { t: tc } = useTranslation();
  const columns: QueryColumn<ReportingEdge>[] = [
    {
      key: 'superior',
      title: t('superior'),
      width: 240,
      render: ({ superior, superior_name }) => (
        <Person id={superior} name={superior_name} to={staffPath(superior)} size={20} />
      ),
    },
    {
      key: 'member',
      title: t('member'),
      width: 240,
      render: ({ userid, staff_name }) => <Person id={userid} name={staff_name} to={staffPath(userid)} size={20} />,
    },
    { key: 'source', title: t('source'), width: 150, render: ({ source: from }) => t(`sourceOf.${from}`) },
    { key: 'state', title: t('state'), render: (edge) => <LineState edge={edge} /> },
    {
      key: 'until',
      title: t('until'),
      width: 130,
      render: ({ until }) => <TimeText at={until} none={tc('noEnd')} />,
    },
    { key: 'created_at', title: t('createdAt'), width: 130, render: ({ created_at }) => <TimeText at={created_at} /> },
  ];
  if (!mayWrite) return columns;
  return [
    ...columns,
    { key: 'action', title: t('action'), width: 100, align: 'right', render: (edge) => <Remove edge={edge} /> },
  ];
}

/** Only what was drawn by hand; the rest is changed in WeCom. */
function Remove({ edge }: { edge: ReportingEdge }) {
  const { t } = useTranslation('access');
  const { t: tc } = useTranslation();
  const { message } = App.useApp();
  const textOf = useFaultText();
  const remove = api.useMutation('delete', '/reporting-edges/{id}', {
    onSuccess: () => {
      invalidate('/reporting-edges');
      void message.success(t('removed'));
    },
    onError: (error) => void message.error(textOf(error)),
  });
  if (edge.created_by === null) return null;
  return (
    <Popconfirm
      title={t('removeTitle')}
      description={t('removeHint', { superior: edge.superior_name || edge.superior })}
      okText={t('remove')}
      cancelText={tc('cancel')}
      onConfirm={() => remove.mutate({ params: { path: { id: edge.id } } })}
    >
      <Button type="text" size="small" loading={remove.isPending}>
        {t('remove')}
      </Button>
    </Popconfirm>
  );
}
