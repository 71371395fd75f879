import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api';
import { renewHandovers } from '../../../api/handovers';
import { useFaultText } from '../../../components/fault-note';
import { TakerSelect } from '../parts/taker-select';
import styles from './one.module.css';
import type { Plan } from './types';
import type { Chosen } from './use-chosen';

interface Props {
  plan: Plan;
  chosen: Chosen;
  isBusy: boolean;
  onAssign(to: { userid: string; name: string } | null): Promise<void>;
}

/** What can be done with those who are chosen. It stays in sight at the foot of the window. */
export function BulkBar({ plan: { id, from }, chosen, isBusy, onAssign }: Props) {
  const { t } = useTranslation('handoverPlans');
  const remove = useRemove(id, chosen);
  const { items, ids, isFitting, isFiltered } = chosen;
  // Without a tick a filter alone is enough to act on all it shows.
  if (!items && !isFiltered) return null;
  return (
    <div className={styles.bulk} role="toolbar" aria-label={t('bulk')}>
      <span>{isFitting || !items ? t('allFitting') : t('chosenCount', { count: ids.length })}</span>
      {!isFitting && isFiltered && (
        <Button type="link" size="small" onClick={chosen.chooseFitting}>
          {t(items ? 'chooseAllFitting' : 'chooseFitting')}
        </Button>
      )}
      {items && (
        <>
          <span className={styles.bulkSelect}>
            <TakerSelect
              placeholder={t('assignTo')}
              except={from.map(({ userid }) => userid)}
              onChoose={(userid, name) => void onAssign({ userid, name })}
            />
          </span>
          <Button onClick={() => void onAssign(null)} disabled={isBusy}>
            {t('assignToNobody')}
          </Button>
          <Button danger onClick={remove} disabled={isBusy}>
            {t('remove')}
          </Button>
          <Button type="text" onClick={chosen.clear}>
            {t('clearChoice')}
          </Button>
        </>
      )}
    </div>
  );
}

/** Asks before: what is taken out of a plan cannot be put back. */
function useRemove(id: string, { items, ids, isFitting, clear }: Chosen): () => void {
  const { t } = useTranslation('handoverPlans');
  const { t: tc } = useTranslation();
  const { modal, message } = App.useApp();
  const textOf = useFaultText();
  const { mutateAsync } = api.useMutation('post', '/handovers/{id}/removals', { onSuccess: renewHandovers });
  return () => {
    if (!items) return;
    modal.confirm({
      title: isFitting ? t('removeTitleAll') : t('removeTitle', { count: ids.length }),
      content: t('removeHint'),
      okText: t('remove'),
      okButtonProps: { danger: true },
      cancelText: tc('cancel'),
      async onOk() {
        try {
          const { removed } = await mutateAsync({ params: { path: { id } }, body: items });
          clear();
          void message.success(t('removed', { count: removed }));
        } catch (thrown) {
          void message.error(textOf(thrown));
        }
      },
    });
  };
}
