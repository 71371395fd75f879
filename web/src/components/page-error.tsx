import { BugOutlined, SyncOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { Note } from './note';

/** A chunk of an older build is gone from the server after an update. */
const isOldBuild = (error: unknown): boolean =>
  error instanceof Error && /dynamically imported module|importing a module script|preload/i.test(error.message);

/** Stands in for a page that threw; the rest of the console goes on. */
export function PageError() {
  const { t } = useTranslation();
  const error = useRouteError();
  const old = isOldBuild(error);
  return (
    <Note
      title={t(old ? 'newVersion' : 'crashed')}
      icon={old ? <SyncOutlined /> : <BugOutlined />}
      actions={
        <Button type="primary" onClick={() => location.reload()}>
          {t('reload')}
        </Button>
      }
    >
      {t(old ? 'newVersionHint' : 'crashedHint')}
    </Note>
  );
}
