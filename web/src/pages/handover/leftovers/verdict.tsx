import { CheckCircleFilled, ExclamationCircleFilled, InfoCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { LeftoverSummary } from '../../../api/departures';
import { TimeText } from '../../../components/time-text';
import { useNow } from '../../../lib/use-now';
import styles from '../handover.module.css';
import { ReadAgain } from './read-again';
import { exceptionsIn, kinds, verdictOf } from './reasons';

const looks = {
  clear: { icon: <CheckCircleFilled />, style: styles.proved },
  excepted: { icon: <InfoCircleFilled />, style: '' },
  unproved: { icon: <ExclamationCircleFilled />, style: styles.needsPerson },
  held: { icon: <ExclamationCircleFilled />, style: styles.needsPerson },
};

/** Whether anything is owned by anybody who left, in one sentence, and on what that rests. */
export function Verdict({ summary }: { summary: LeftoverSummary }) {
  const { t } = useTranslation('handoverDesk');
  const { t: tc } = useTranslation();
  const { checked_at, list_read_at, leavers, total, counts } = summary;
  const verdict = verdictOf(summary, useNow());
  const { icon, style } = looks[verdict];
  const exceptions = exceptionsIn(summary);
  const parts = kinds
    .map((kind) => ({ kind, n: counts.filter((one) => one.kind === kind).reduce((sum, { count }) => sum + count, 0) }))
    .filter(({ n }) => n > 0)
    .map(({ kind, n }) => t(`heldOf.${kind}`, { n: n.toLocaleString() }));
  return (
    <section className={`${styles.banner} ${style}`} role="status">
      <span className={styles.light} aria-hidden>
        {icon}
      </span>
      <div className={styles.bannerWords}>
        <div className={styles.sentence}>
          {t(`verdict.${verdict}`, { total: total.toLocaleString(), parts: parts.join(tc('listSeparator')) })}
        </div>
        <div className={styles.quiet}>
          {verdict === 'held' && exceptions > 0 && `${t('exceptionsAmong', { n: exceptions.toLocaleString() })} · `}
          {t('leaversChecked', { count: leavers })} · {t('checkedAt')} <TimeText at={checked_at} /> · {t('listReadAt')}{' '}
          <TimeText at={list_read_at} none={t('neverRead')} />
        </div>
      </div>
      <div className={styles.bannerActions}>
        <ReadAgain />
      </div>
    </section>
  );
}
