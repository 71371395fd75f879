import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../../api';
import { Cut } from '../../../components/cut';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { NoAccess } from '../../../components/no-access';
import { Note } from '../../../components/note';
import { PageHeader } from '../../../components/page-header';
import { Panel } from '../../../components/panel';
import { StateTag } from '../../../components/state-tag';
import { TimeText } from '../../../components/time-text';
import styles from './interception.module.css';
import { OurCard } from './our-card';
import { foreignIn, type ListedRule, oursIn } from './rules';
import { CreateInterception } from './settings-form';
import { usePushes, useRules } from './use-interception';

/** What WeCom's clients stop before it is sent: ours, made from word lists, and apart from it that of others. */
export function InterceptionPage() {
  return useCan('rules:read') ? <Interceptions /> : <NoAccess />;
}

function Interceptions() {
  const { t } = useTranslation('interception');
  const { data, error, refetch } = useRules();
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} actions={<CreateInterception />} />
      {!data && (
        <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={10} />}</Panel>
      )}
      {data && (
        <div className={styles.stack}>
          {error && <FaultNote error={error} onRetry={() => void refetch()} small />}
          <Ours rules={data.items} />
          <Foreign rules={foreignIn(data.items)} />
        </div>
      )}
    </>
  );
}

function Ours({ rules }: { rules: readonly ListedRule[] }) {
  const { t } = useTranslation('interception');
  const pushes = usePushes();
  const ids = oursIn(rules);
  return (
    <section>
      <h2 className={styles.heading}>{t('ours')}</h2>
      <p className={styles.quiet}>{t('oursHint')}</p>
      {ids.length === 0 ? (
        <Panel>
          <Note title={t('noOurs')}>{t('noOursHint')}</Note>
        </Panel>
      ) : (
        <ul className={styles.cards}>
          {ids.map((id) => (
            <li key={id}>
              <OurCard id={id} push={pushes.get(id)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Foreign({ rules }: { rules: ListedRule[] }) {
  const { t } = useTranslation('interception');
  return (
    <section>
      <h2 className={styles.heading}>{t('foreign')}</h2>
      <p className={styles.quiet}>{t('foreignHint')}</p>
      <Panel flush>
        {rules.length === 0 ? (
          <Note small>{t('noForeign')}</Note>
        ) : (
          <Table<ListedRule>
            size="small"
            tableLayout="fixed"
            scroll={{ x: 480 }}
            rowKey={({ rule_id, name }) => rule_id ?? name}
            dataSource={rules}
            pagination={false}
            columns={[
              { key: 'name', title: t('name'), render: (_, { name }) => <Cut text={name} /> },
              {
                ...{ key: 'state', title: t('state'), width: 160 },
                render: () => <StateTag tone="neutral">{t('foreignState')}</StateTag>,
              },
              {
                ...{ key: 'created_at', title: t('createdAt'), width: 140 },
                render: (_, { created_at }) => <TimeText at={created_at} />,
              },
            ]}
          />
        )}
      </Panel>
    </section>
  );
}
