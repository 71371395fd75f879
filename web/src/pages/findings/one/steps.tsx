import { useTranslation } from 'react-i18next';
import type { FindingStep, OpenedFinding } from '../../../api/findings';
import { useActorName } from '../../../components/audit-words';
import { TimeText } from '../../../components/time-text';
import { useWord } from '../../../lib/use-word';
import styles from '../findings.module.css';

/** From its detection on, in order. */
export function Steps({ finding: { detected_at, steps } }: { finding: OpenedFinding }) {
  const { t } = useTranslation('findings');
  return (
    <ol className={styles.steps}>
      <li>
        {t('raised')}{' '}
        <span className={styles.quiet}>
          <TimeText at={detected_at} />
        </span>
      </li>
      {steps.map((step) => (
        <Step key={`${step.at} ${step.state}`} step={step} />
      ))}
    </ol>
  );
}

function Step({ step: { state, by, at, reason, comment } }: { step: FindingStep }) {
  const { t } = useTranslation('findings');
  const wordOf = useWord('findings');
  const nameOf = useActorName();
  // What the system says is a code.
  const said = (by.actor === 'system' && wordOf(`explainedOf.${comment}`)) || comment;
  return (
    <li>
      <div>
        {nameOf({ actor: by.actor, actor_name: by.name })} <strong>{t(`state.${state}`)}</strong>
        {reason && <> · {wordOf(`reasonOf.${reason}`) ?? reason}</>}
        <span className={styles.quiet}>
          {' '}
          <TimeText at={at} />
        </span>
      </div>
      {comment && <div className={styles.comment}>{said}</div>}
    </li>
  );
}
