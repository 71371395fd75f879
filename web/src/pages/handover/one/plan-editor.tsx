import { useMemo, useState } from 'react';
import { useHotkeys } from 'react-hotkeys-hook';
import { useTranslation } from 'react-i18next';
import { listOf, useCan } from '../../../api';
import type { NamedItems } from '../../../api/handovers';
import { QueryTable } from '../../../components/query-table';
import { BulkBar } from './bulk-bar';
import { DraftActions } from './draft-actions';
import { DraftNotices } from './draft-notices';
import { itemDrawer } from './item-drawer';
import styles from './one.module.css';
import { PlanHeader } from './plan-header';
import { TakerSide } from './taker-side';
import type { Plan } from './types';
import { type Chosen, useChosen } from './use-chosen';
import { useDraftColumns } from './use-item-columns';
import { useItemFilters } from './use-item-filter';
import { useMoves } from './use-moves';

/** A draft: who gets whom is put right here, row by row or many at once, before WeCom hears of it. */
export function PlanEditor({ plan }: { plan: Plan }) {
  const { t } = useTranslation('handoverPlans');
  const { id } = plan;
  const mayChange = useCan('handovers:manage') && plan.state === 'draft';
  const source = useMemo(() => listOf('/handovers/{id}/items', { id }), [id]);
  const moves = useMoves(id);
  const chosen = useChosen();
  const [dragged, setDragged] = useState<string>();
  const columns = useDraftColumns(plan);
  const filters = useItemFilters(plan);
  const items = dragged === undefined ? chosen.items : carriedBy(dragged, chosen);
  useHotkeys('mod+z', () => void moves.undo(), { enabled: mayChange, preventDefault: true });
  useHotkeys('mod+shift+z, mod+y', () => void moves.redo(), { enabled: mayChange, preventDefault: true });

  const assign = async (to: { userid: string; name: string } | null) => {
    setDragged(undefined);
    if (!items) return;
    await moves.assign(items, to);
    chosen.clear();
  };
  const remove = async () => {
    if (!chosen.items) return;
    await moves.remove(chosen.items);
    chosen.clear();
  };

  return (
    <>
      <PlanHeader plan={plan} actions={<DraftActions plan={plan} moves={moves} />} />
      <div className={styles.editor}>
        <div className={styles.column}>
          <DraftNotices plan={plan} />
          <div className={styles.list}>
            <QueryTable
              id="handover-draft"
              source={source}
              rowKey={(item) => String(item.id)}
              search={{ key: 'q', placeholder: t('searchItems') }}
              filters={filters}
              columns={columns}
              drawer={itemDrawer(plan)}
              {...(mayChange ? { selection: { chosen: chosen.ids, choose: chosen.choose, onDrag: setDragged } } : {})}
              empty={{ title: t('noItems'), hint: t('noItemsHint') }}
            />
            {mayChange && (
              <BulkBar plan={plan} chosen={chosen} onAssign={assign} onRemove={remove} isBusy={moves.isPending} />
            )}
          </div>
        </div>
        <TakerSide
          plan={plan}
          mayChange={mayChange}
          isDragging={dragged !== undefined}
          count={items && countOf(items)}
          hasItems={items !== undefined}
          onAssign={assign}
        />
      </div>
    </>
  );
}

/** A row that was ticked takes the others along. */
const carriedBy = (dragged: string, { ids, items }: Chosen): NamedItems =>
  items && ids.includes(dragged) ? items : { item_ids: [Number(dragged)] };

const countOf = ({ item_ids }: NamedItems): number | undefined => item_ids?.length;
