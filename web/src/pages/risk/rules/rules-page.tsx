import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { listOf, type Rule, useCan } from '../../../api';
import { Cut } from '../../../components/cut';
import { PageHeader } from '../../../components/page-header';
import { type QueryColumn, QueryTable } from '../../../components/query-table';
import { TimeText } from '../../../components/time-text';
import { newRulePath, rulePath } from '../../../lib/paths';
import { SeverityTag } from '../../findings/finding-tags';
import { isWaiting, RuleStateTag } from './rule-state';
import { families, ruleStates } from './rule-words';
import styles from './rules.module.css';
import { useSentence } from './use-sentence';

const source = listOf('/rules');

/** What every archived message is judged by. */
export function RulesPage() {
  const { t } = useTranslation('rules');
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} />
      <QueryTable
        id="rules"
        source={source}
        rowKey={({ id }) => id}
        href={({ id }) => rulePath(id)}
        tabs={{
          kind: 'choice',
          key: 'state',
          label: t('state'),
          options: ruleStates.map((value) => ({ value, label: t(`stateOf.${value}`) })),
        }}
        filters={[
          {
            kind: 'choice',
            key: 'family',
            label: t('family'),
            options: families.map((value) => ({ value, label: t(`familyOf.${value}`) })),
          },
        ]}
        columns={useColumns()}
        extra={<CreateRule />}
        empty={{ title: t('empty'), hint: t('emptyHint') }}
      />
    </>
  );
}

function CreateRule() {
  const { t } = useTranslation('rules');
  const navigate = useNavigate();
  if (!useCan('rules:manage')) return null;
  return (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate(newRulePath)}>
      {t('create')}
    </Button>
  );
}

function useColumns(): QueryColumn<Rule>[] {
  const { t } = useTranslation('rules');
  const { sentence } = useSentence();
  return [
    { key: 'name', title: t('name'), width: 180, render: ({ name }) => <Cut text={name} /> },
    { key: 'about', title: t('about'), width: 230, render: (rule) => <About rule={rule} /> },
    {
      ...{ key: 'severity', title: t('severity'), width: 110 },
      render: ({ severity }) => <SeverityTag severity={severity} />,
    },
    { key: 'state', title: t('state'), width: 100, render: ({ state }) => <RuleStateTag state={state} /> },
    { key: 'sentence', title: t('sentence'), render: (rule) => <Cut text={sentence(rule)} /> },
    { key: 'version', title: t('version'), width: 110, render: (rule) => <Version rule={rule} /> },
    { key: 'updated_at', title: t('updatedAt'), width: 120, render: ({ updated_at }) => <TimeText at={updated_at} /> },
  ];
}

function About({ rule: { family, category } }: { rule: Rule }) {
  const { t } = useTranslation('rules');
  const [counts, about] = [t(`familyOf.${family}`), t(`categoryOf.${category}`)];
  return (
    <Cut text={`${about} · ${counts}`}>
      <bdi>{about}</bdi>
      <span className={styles.under}>{counts}</span>
    </Cut>
  );
}

/** The one in use; where a newer one waits, both. */
function Version({ rule }: { rule: Rule }) {
  const { t } = useTranslation('rules');
  const { version, live_version: live } = rule;
  if (!isWaiting(rule)) return t('versionOf', { version });
  return <Cut text={t('liveOf', { live: live ?? 0, version })} />;
}
