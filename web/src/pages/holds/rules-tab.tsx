import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listOf, type RetentionRule } from '../../api';
import { Cut } from '../../components/cut';
import { type QueryColumn, QueryTable } from '../../components/query-table';
import { StateTag } from '../../components/state-tag';
import { TimeText } from '../../components/time-text';
import { useWord } from '../../lib/use-word';
import { DepartmentName } from '../staff/department-filter';
import styles from './holds.module.css';
import { RuleForm } from './rule-form';

const source = listOf('/archive/retention-rules');

/** How long messages are kept. A rule decides what may be destroyed, so two make it. */
export function RulesTab() {
  const { t } = useTranslation('holds');
  const [edited, setEdited] = useState<RetentionRule | 'new'>();
  const close = () => setEdited(undefined);
  return (
    <div className={styles.stack}>
      <p className={styles.quiet}>{t('rulesHint')}</p>
      <QueryTable
        id="retention-rules"
        source={source}
        rowKey={({ id }) => id}
        columns={useColumns(setEdited)}
        extra={
          <Button type="primary" onClick={() => setEdited('new')}>
            {t('newRule')}
          </Button>
        }
        empty={{ title: t('noRules'), hint: t('noRulesHint') }}
      />
      <Modal
        open={edited !== undefined}
        onCancel={close}
        footer={null}
        destroyOnHidden
        width={600}
        title={t(edited === 'new' ? 'newRule' : 'changeRule')}
      >
        {edited && <RuleForm rule={edited === 'new' ? undefined : edited} onClose={close} />}
      </Modal>
    </div>
  );
}

function useColumns(onEdit: (rule: RetentionRule) => void): QueryColumn<RetentionRule>[] {
  const { t } = useTranslation('holds');
  return [
    { key: 'name', title: t('name'), width: 220, render: ({ name }) => <Cut text={name} /> },
    { key: 'years', title: t('years'), width: 100, render: ({ years }) => t('yearsOf', { count: years }) },
    { key: 'whom', title: t('whom'), width: 260, render: (rule) => <Whom rule={rule} /> },
    { key: 'ground', title: t('ground'), render: ({ ground }) => <Cut text={ground} /> },
    {
      key: 'active',
      title: t('stateTitle'),
      width: 110,
      render: ({ active }) => (
        <StateTag tone={active ? 'proved' : 'neutral'}>{t(active ? 'inForce' : 'notInForce')}</StateTag>
      ),
    },
    { key: 'updated_at', title: t('updated'), width: 140, render: ({ updated_at }) => <TimeText at={updated_at} /> },
    {
      key: 'action',
      title: t('action'),
      width: 90,
      align: 'right',
      render: (rule) => (
        <Button type="text" size="small" onClick={() => onEdit(rule)}>
          {t('change')}
        </Button>
      ),
    },
  ];
}

function Whom({ rule: { department_id, kind, type } }: { rule: RetentionRule }) {
  const { t } = useTranslation('holds');
  const wordOf = useWord('messages');
  if (department_id === null && kind === null && type === null) return t('allMessages');
  return (
    <span className={styles.whom}>
      {department_id !== null && <DepartmentName id={department_id} />}
      {kind !== null && <span>{t(`kind.${kind}`)}</span>}
      {type !== null && <span>{wordOf(`kind.${type}`) ?? type}</span>}
    </span>
  );
}
