import { useTranslation } from 'react-i18next';
import type { Approval } from '../../api';
import { Facts } from '../../components/facts';
import { Panel } from '../../components/panel';
import { StateTag, type Tone } from '../../components/state-tag';
import { AgeText, TimeText } from '../../components/time-text';
import { useWord } from '../../lib/use-word';
import styles from './approvals.module.css';
import { Decision } from './decision';
import { OwnActions } from './own-actions';
import { usePayloadFacts } from './use-payload-facts';

const tones: Record<Approval['state'], Tone> = {
  pending: 'person',
  approved: 'active',
  refused: 'lost',
  expired: 'neutral',
  withdrawn: 'neutral',
  used: 'proved',
};

/** One request: who wants what and why, exactly what will be done, and what the reader can do about it. */
export function ApprovalCard({ approval }: { approval: Approval }) {
  const { t } = useTranslation('approvals');
  const wordOf = useWord('approvals');
  const payload = usePayloadFacts(approval);
  const { state, requested_by, decided_by, decided_at, decision_reason, expires_at } = approval;
  const isOpen = state === 'pending' || state === 'approved';
  const decision = decided_by && (
    <>
      {decided_by.name ?? decided_by.id} · <TimeText at={decided_at} />
      {decision_reason && ` · ${decision_reason}`}
    </>
  );
  return (
    <Panel>
      <div className={styles.head}>
        <h2 className={styles.sentence}>
          {t('sentence', {
            who: requested_by.name ?? requested_by.id,
            action: wordOf(`action.${approval.action}`) ?? approval.action,
          })}
        </h2>
        <StateTag tone={tones[state]}>{t(`state.${state}`)}</StateTag>
      </div>
      <p className={styles.reason}>{approval.reason}</p>
      <Facts
        items={[
          ...payload,
          { label: t('askedAt'), value: <AgeText at={approval.created_at} /> },
          ...(isOpen ? [{ label: t('until'), value: <TimeText at={expires_at} /> }] : []),
          ...(decision ? [{ label: t('decidedBy'), value: decision }] : []),
          { label: t('digest'), value: <code title={approval.digest}>{approval.digest.slice(0, 16)}</code> },
        ]}
      />
      {approval.may_decide && <Decision approval={approval} />}
      {approval.mine && isOpen && <OwnActions approval={approval} />}
    </Panel>
  );
}
