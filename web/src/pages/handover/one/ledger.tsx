import { Tabs } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { invalidate, listOf, useCan } from '../../../api';
import type { NamedItems } from '../../../api/handovers';
import { QueryTable } from '../../../components/query-table';
import { Causes } from './causes';
import { itemDrawer } from './item-drawer';
import { LedgerActions } from './ledger-actions';
import styles from './one.module.css';
import { Outcome } from './outcome';
import { PlanHeader } from './plan-header';
import { Progress } from './progress';
import { RetryBar } from './retry-bar';
import { RetryDialog } from './retry-dialog';
import type { Plan } from './types';
import { useChosen } from './use-chosen';
import { useLedgerColumns } from './use-item-columns';
import { useItemFilters } from './use-item-filter';

/** What has gone out: how far everybody is, live, and what to do for those who did not arrive; then what it came to. */
export function Ledger({ plan }: { plan: Plan }) {
  const { t } = useTranslation('handoverPlans');
  const [params, setParams] = useSearchParams();
  const isOutcome = plan.submitted_at !== null && params.get('tab') === 'outcome';
  return (
    <>
      <PlanHeader plan={plan} actions={<LedgerActions plan={plan} />} />
      {plan.submitted_at !== null && (
        <Tabs
          activeKey={isOutcome ? 'outcome' : 'items'}
          onChange={(next) => setParams(next === 'outcome' ? { tab: next } : {})}
          items={(['items', 'outcome'] as const).map((key) => ({ key, label: t(`ledgerTab.${key}`) }))}
        />
      )}
      {isOutcome ? <Outcome plan={plan} /> : <Items plan={plan} />}
    </>
  );
}

function Items({ plan }: { plan: Plan }) {
  const { t } = useTranslation('handoverPlans');
  const { id } = plan;
  const mayManage = useCan('handovers:manage') && plan.submitted_at !== null;
  const source = useMemo(() => listOf('/handovers/{id}/items', { id }), [id]);
  const chosen = useChosen();
  const [again, setAgain] = useState<NamedItems[]>();
  const columns = useLedgerColumns(plan);
  const filters = useItemFilters(plan);
  useFreshRows(plan);
  return (
    <div className={styles.column}>
      <Progress plan={plan} />
      <Causes plan={plan} {...(mayManage ? { onRetry: setAgain } : {})} />
      <div className={styles.list}>
        <QueryTable
          id="handover-ledger"
          source={source}
          rowKey={(item) => String(item.id)}
          search={{ key: 'q', placeholder: t('searchItems') }}
          filters={filters}
          columns={columns}
          drawer={itemDrawer(plan)}
          {...(mayManage ? { selection: { chosen: chosen.ids, choose: chosen.choose } } : {})}
          empty={{ title: t('noItems'), hint: t('noItemsHint') }}
        />
        {mayManage && <RetryBar chosen={chosen} onRetry={(items) => setAgain([items])} />}
      </div>
      <RetryDialog
        plan={plan}
        items={again}
        onClose={(isDone) => {
          setAgain(undefined);
          if (isDone) chosen.clear();
        }}
      />
    </div>
  );
}

/** When the figures have moved, the rows in sight are read anew: each stays where it is. */
function useFreshRows({ summary }: Plan): void {
  const figures = JSON.stringify([summary.by_state, summary.by_successor]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the figures are what makes it worth asking.
  useEffect(() => invalidate('/handovers/{id}/items', '/handovers/{id}/items/{item_id}'), [figures]);
}
