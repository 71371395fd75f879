import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { NamedItems } from '../../../api/handovers';
import { Panel } from '../../../components/panel';
import { usePlanWords } from '../parts/use-plan-words';
import styles from './one.module.css';
import type { Plan } from './types';
import { type Shown, useItemFilter } from './use-item-filter';

interface Cause {
  key: string;
  text: string;
  errcode?: number;
  count: number;
  advice: string;
  filter: Shown;
  items: NamedItems;
}

/** Why some did not arrive, with what can be done; nothing is shown while all goes well. */
export function Causes({ plan, onRetry }: { plan: Plan; onRetry?: (items: NamedItems[]) => void }) {
  const { t } = useTranslation('handoverPlans');
  const { show } = useItemFilter();
  const causes = useCauses(plan);
  if (causes.length === 0) return null;
  const count = causes.reduce((sum, cause) => sum + cause.count, 0);
  const all = onRetry && (
    <Button size="small" onClick={() => onRetry(causes.map(({ items }) => items))}>
      {t('retryAll')}
    </Button>
  );
  return (
    <Panel title={t('notArrivedCount', { count })} extra={all}>
      <ul className={styles.causes} aria-label={t('errcodesTitle')}>
        {causes.map((cause) => (
          <li key={cause.key} className={styles.cause}>
            <strong className={styles.causeCount}>{cause.count.toLocaleString()}</strong>
            <span>
              {cause.text}
              {cause.errcode !== undefined && (
                <span className={styles.small}> {t('errcodeSmall', { errcode: cause.errcode })}</span>
              )}
              <span className={styles.quiet}> {cause.advice}</span>
            </span>
            <span className={styles.causeActs}>
              <Button type="link" size="small" onClick={() => show(cause.filter)}>
                {t('errcodeShow')}
              </Button>
              {onRetry && (
                <Button type="link" size="small" onClick={() => onRetry([cause.items])}>
                  {t('retry')}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Refusals, full successors, what WeCom did not accept by its reasons, and the rest. */
function useCauses({ summary: { by_state, by_errcode } }: Plan): Cause[] {
  const { t } = useTranslation('handoverPlans');
  const words = usePlanWords();
  const ended = (['refused', 'over_limit'] as const).map((state) => ({
    ...{ key: state, text: t(`stateMeans.${state}`), count: by_state[state] ?? 0 },
    ...{ advice: words.advice('choose_another'), filter: { state }, items: { filter: { state } } },
  }));
  const told = by_errcode.map(({ errcode, count, advice }) => ({
    ...{ key: String(errcode), text: words.errcode(errcode), errcode, count, advice: words.advice(advice) },
    filter: { state: 'failed', errcode: String(errcode) },
    items: { filter: { state: 'failed' as const, errcode } },
  }));
  const untold = (by_state.failed ?? 0) - by_errcode.reduce((sum, { count }) => sum + count, 0);
  const rest = {
    ...{ key: 'rest', text: t('otherCauses'), count: untold, advice: t('otherCausesDo') },
    ...{ filter: { state: 'failed' }, items: { filter: { state: 'failed' as const } } },
  };
  return [...ended, ...told, rest].filter(({ count }) => count > 0);
}
