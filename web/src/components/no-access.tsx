import { LockOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Note } from './note';

/** Stands where the reader's roles show nothing. */
export function NoAccess({ small = false }: { small?: boolean }) {
  const { t } = useTranslation();
  return (
    <Note title={t('noAccess')} icon={<LockOutlined />} small={small}>
      {t('noAccessHint')}
    </Note>
  );
}
