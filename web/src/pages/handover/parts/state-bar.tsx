import { useTranslation } from 'react-i18next';
import type { HandoverSummary } from '../../../api/handovers';
import styles from './parts.module.css';
import { itemStates } from './plan-tags';

interface Props {
  byState: HandoverSummary['by_state'];
  total: number;
  /** Over the whole width, as the head of a page. */
  wide?: boolean;
}

/** How many items are how far, as one bar; what it shows is said to whoever cannot see it. */
export function StateBar({ byState, total, wide = false }: Props) {
  const { t } = useTranslation('handoverPlans');
  const { t: tc } = useTranslation();
  const there = itemStates.filter((state) => (byState[state] ?? 0) > 0);
  const words = there.map((state) => `${t(`state.${state}`)} ${byState[state]}`).join(tc('listSeparator'));
  return (
    <span className={`${styles.bar} ${wide ? styles.wide : ''}`} role="img" aria-label={words || '0'} title={words}>
      {there.map((state) => (
        <span
          key={state}
          className={`${styles.part} ${styles[state]}`}
          style={{ flexGrow: byState[state] ?? 0, minWidth: total > 0 ? 3 : 0 }}
        />
      ))}
    </span>
  );
}
