import { LockOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { AuditEvent } from '../../api';
import { StateTag, type Tone } from '../../components/state-tag';

const tones: Record<AuditEvent['result'], Tone> = { ok: 'neutral', refused: 'person', failed: 'lost' };

export function ResultTag({ result }: { result: AuditEvent['result'] }) {
  const { t } = useTranslation('audit');
  return <StateTag tone={tones[result]}>{t(`resultName.${result}`)}</StateTag>;
}

/** Whether the hash chain covers the row yet. */
export function SealedTag({ sealed }: { sealed: boolean }) {
  const { t } = useTranslation('audit');
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
