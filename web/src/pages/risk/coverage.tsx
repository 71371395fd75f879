import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCan } from '../../api';
import type { RiskCoverage } from '../../api/risk';
import { Panel } from '../../components/panel';
import { useWord } from '../../lib/use-word';
import styles from './risk.module.css';

/** How much of what is said can be judged at all, in one sentence, and what stands in the way of the rest. */
export function Coverage({ coverage }: { coverage: RiskCoverage }) {
  const { t } = useTranslation('risk');
  const maySupervise = useCan('archive:review');
  return (
    <Panel title={t('coverage')} extra={maySupervise && <Link to="/supervision?tab=unseen">{t('coverageMore')}</Link>}>
      <CoverageWords coverage={coverage} />
    </Panel>
  );
}

export function CoverageWords({ coverage: { conversations, seen, unseen } }: { coverage: RiskCoverage }) {
  const { t } = useTranslation('risk');
  const reasonOf = useReason('unseen');
  if (conversations === 0) return <p>{t('coverageNone')}</p>;
  const reasons = Object.entries(unseen).filter(([, n]) => n > 0);
  return (
    <>
      <p>
        {t('coverageSentence', { conversations: conversations.toLocaleString(), seen: seen.toLocaleString() })}
        {reasons.length === 0 && t('coverageAll')}
      </p>
      {reasons.length > 0 && (
        <>
          <ul className={styles.reasons}>
            {reasons.map(([reason, n]) => (
              <li key={reason}>{reasonOf(reason, n)}</li>
            ))}
          </ul>
          <p className={styles.quiet}>{t('coverageMeans')}</p>
        </>
      )}
    </>
  );
}

/** Why so many could not be judged, in words; the code where there are none. */
export function useReason(area: 'unseen' | 'reason'): (reason: string, n: number) => string {
  const { t } = useTranslation('risk');
  const wordOf = useWord('risk');
  return (reason, n) => {
    const known = wordOf(`${area}.${reason}`) === undefined ? 'other' : reason;
    return t(`${area}.${known as 'other'}`, { n: n.toLocaleString(), reason });
  };
}
