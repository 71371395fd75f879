import { CompassOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Note } from './note';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Note title={t('notFound')} icon={<CompassOutlined />} actions={<Link to="/">{t('backHome')}</Link>}>
      {t('notFoundHint')}
    </Note>
  );
}
