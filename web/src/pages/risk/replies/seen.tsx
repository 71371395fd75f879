import { useTranslation } from 'react-i18next';
import type { ReplyCoverage } from '../../../api/reply-quality';
import styles from '../risk.module.css';
import { blindSpots } from './blind-spots';

/** How much of the replies the archive can see at all, and why it does not see the rest. */
export function Seen({ coverage }: { coverage: ReplyCoverage }) {
  const { t } = useTranslation('replyQuality');
  const { relations, seen } = coverage;
  if (relations === 0) return <p>{t('coverageNone')}</p>;
  const blind = blindSpots(coverage);
  return (
    <>
      <p>{t('coverageSentence', { relations: relations.toLocaleString(), seen: seen.toLocaleString() })}</p>
      {blind.length > 0 && (
        <>
          <ul className={styles.reasons}>
            {blind.map(({ reason, count }) => (
              <li key={reason}>{t(`unseen.${reason}`, { n: count.toLocaleString() })}</li>
            ))}
          </ul>
          <p className={styles.quiet}>{t('coverageMeans')}</p>
        </>
      )}
    </>
  );
}
