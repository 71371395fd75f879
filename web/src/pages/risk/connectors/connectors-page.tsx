import { App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type DeviceConnector, invalidate, listOf, useCan } from '../../../api';
import { CopyButton } from '../../../components/copy-button';
import { Cut } from '../../../components/cut';
import { useFaultText } from '../../../components/fault-note';
import { NoAccess } from '../../../components/no-access';
import { PageHeader } from '../../../components/page-header';
import { Panel } from '../../../components/panel';
import { type QueryColumn, QueryTable } from '../../../components/query-table';
import { StateTag } from '../../../components/state-tag';
import { AgeText, TimeText } from '../../../components/time-text';
import styles from './connectors.module.css';
import { Example } from './example';
import { RegisterButton } from './register-button';

const source = listOf('/device-connectors');

/** Programs on devices that report what was deleted there; each is known by its key. */
export function ConnectorsPage() {
  const { t } = useTranslation('connectors');
  const may = useCan('connectors:manage');
  const columns = useColumns();
  if (!may) return <NoAccess />;
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} actions={<RegisterButton />} />
      <div className={styles.page}>
        <QueryTable
          id="connectors"
          source={source}
          rowKey={({ id }) => id}
          columns={columns}
          empty={{ title: t('empty'), hint: t('emptyHint') }}
        />
        <Panel title={t('example')}>
          <Example />
        </Panel>
      </div>
    </>
  );
}

function useColumns(): QueryColumn<DeviceConnector>[] {
  const { t } = useTranslation('connectors');
  return [
    { key: 'name', title: t('name'), width: 160, render: ({ name }) => <Cut text={name} /> },
    {
      ...{ key: 'state', title: t('state'), width: 110 },
      render: ({ disabled_at }) => (
        <StateTag tone={disabled_at === null ? 'proved' : 'neutral'}>
          {t(disabled_at === null ? 'active' : 'disabled')}
        </StateTag>
      ),
    },
    { key: 'id', title: t('id'), render: ({ id }) => <Id id={id} /> },
    {
      key: 'reports',
      title: t('reports'),
      width: 90,
      align: 'right',
      render: ({ reports }) => reports.toLocaleString(),
    },
    {
      ...{ key: 'last_report_at', title: t('lastReport'), width: 130 },
      render: ({ last_report_at }) => <AgeText at={last_report_at} none={t('never')} />,
    },
    { key: 'created_at', title: t('created'), width: 140, render: ({ created_at }) => <TimeText at={created_at} /> },
    {
      ...{ key: 'public_key', title: t('publicKey'), width: 200, hidden: true },
      render: ({ public_key }) => <Cut text={public_key} />,
    },
    { key: 'act', title: t('act'), width: 160, render: (connector) => <Disable connector={connector} /> },
  ];
}

function Id({ id }: { id: string }) {
  const { t } = useTranslation('connectors');
  return (
    <>
      <code>{id}</code> <CopyButton text={id} label={t('copyId')} />
    </>
  );
}

function Disable({ connector: { id, name, disabled_at } }: { connector: DeviceConnector }) {
  const { t } = useTranslation('connectors');
  const { t: tc } = useTranslation();
  const { message } = App.useApp();
  const textOf = useFaultText();
  const disable = api.useMutation('post', '/device-connectors/{id}/disable', {
    onSuccess() {
      invalidate('/device-connectors');
      void message.success(t('didDisable', { name }));
    },
    onError: (error: unknown) => void message.error(textOf(error)),
  });
  if (disabled_at !== null) {
    return (
      <>
        {t('disabledAt')} <TimeText at={disabled_at} />
      </>
    );
  }
  return (
    <Popconfirm
      title={t('disableTitle', { name })}
      description={t('disableHint')}
      okText={t('disable')}
      cancelText={tc('cancel')}
      onConfirm={() => disable.mutate({ params: { path: { id } }, body: {} })}
    >
      <Button type="link" size="small" loading={disable.isPending} aria-label={`${t('disable')} ${name}`}>
        {t('disable')}
      </Button>
    </Popconfirm>
  );
}
