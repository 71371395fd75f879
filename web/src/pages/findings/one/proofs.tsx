import { useTranslation } from 'react-i18next';
import type { OpenedFinding } from '../../../api/findings';
import { CopyButton } from '../../../components/copy-button';
import { TimeText } from '../../../components/time-text';
import { useWord } from '../../../lib/use-word';
import styles from '../findings.module.css';

type Proof = OpenedFinding['evidence'][number] & Partial<OpenedFinding['supports'][number]>;

/** Where it stands written, and the hash of what stood there when it was found; what came later with its time. */
export function Proofs({ proofs }: { proofs: readonly Proof[] }) {
  const { t } = useTranslation('findings');
  const wordOf = useWord('findings');
  if (proofs.length === 0) return <p className={styles.quiet}>{t('noEvidence')}</p>;
  return (
    <ol className={styles.proofs}>
      {proofs.map(({ source, ref, hash, at }) => (
        <li key={`${source} ${ref}`} className={styles.proof}>
          <div className={styles.proofHead}>
            <span>{wordOf(`sourceOf.${source}`) ?? source}</span>
            <span className={styles.quiet}>{t('ref', { ref })}</span>
            {at && <TimeText at={at} />}
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
