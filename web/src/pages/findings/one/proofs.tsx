import { useTranslation } from 'react-i18next';
import type { Finding } from '../../../api/findings';
import { CopyButton } from '../../../components/copy-button';
import { useWord } from '../../../lib/use-word';
import styles from '../findings.module.css';

/** Where it stands written, and the hash of what stood there when it was found. */
export function Proofs({ evidence }: Pick<Finding, 'evidence'>) {
  const { t } = useTranslation('findings');
  const wordOf = useWord('findings');
  if (evidence.length === 0) return <p className={styles.quiet}>{t('noEvidence')}</p>;
  return (
    <ol className={styles.proofs}>
      {evidence.map(({ source, ref, hash }) => (
        <li key={`${source} ${ref}`} className={styles.proof}>
          <div className={styles.proofHead}>
            <span>{wordOf(`sourceOf.${source}`) ?? source}</span>
            <span className={styles.quiet}>{t('ref', { ref })}</span>
          </div>
          <div className={styles.hash}>
            <span className={styles.quiet}>{t('hash')}</span>
            <code title={hash}>{hash.slice(0, 16)}…</code>
            <CopyButton text={hash} label={t('copyHash')} />
          </div>
        </li>
      ))}
    </ol>
  );
}
