import { CheckOutlined, LockOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { AuditEvent } from '../../api';
import { StateTag, type Tone } from '../../components/state-tag';
import { useAuditStatus } from './use-audit-status';
import { useFaultName } from './words';

const tones: Record<AuditEvent['result'], Tone> = { ok: 'neutral', refused: 'person', failed: 'lost' };

export function ResultTag({ result }: { result: AuditEvent['result'] }) {
  const { t } = useTranslation('audit');
  return (
    <StateTag tone={tones[result]} icon={result === 'ok' ? <CheckOutlined /> : undefined}>
      {t(`resultName.${result}`)}
    </StateTag>
  );
}

/** Whether the hash chain covers the row yet, and whether it still fits. */
export function SealedTag({ event: { id, sealed } }: { event: AuditEvent }) {
  const { t } = useTranslation('audit');
  const nameOf = useFaultName();
  const { data: status } = useAuditStatus();
  const fault = status?.last_verification?.faults.find(
    ({ stream, row_id }) => stream === 'audit' && row_id === Number(id),
  );
  if (fault) {
    return (
      <StateTag tone="lost" title={nameOf(fault.kind)}>
        {t('faulty')}
      </StateTag>
    );
  }
  if (!sealed) {
    return (
      <StateTag tone="active" title={t('notSealedHint')}>
        {t('notSealed')}
      </StateTag>
    );
  }
  return (
    <StateTag tone="proved" icon={<LockOutlined />} title={t('sealedHint')}>
      {t('sealed')}
    </StateTag>
  );
}
