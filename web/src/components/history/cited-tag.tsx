import { PaperClipOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { StateTag } from '../state-tag';

/** Beside an entry that a finding rests on. */
export function CitedTag() {
  const { t } = useTranslation('findings');
  return (
    <StateTag tone="active" icon={<PaperClipOutlined />}>
      {t('cited')}
    </StateTag>
  );
}
