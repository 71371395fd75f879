import { App, Button, Drawer, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate, type SettingVersion, useCan } from '../../api';
import { FaultNote, useFaultText } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Note } from '../../components/note';
import { StateTag } from '../../components/state-tag';
import { TimeText } from '../../components/time-text';
import styles from './versions.module.css';

/** Every change of a setting, and the way back. */
export function Versions() {
  const { t } = useTranslation('settings');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('versions.open')}</Button>
      <Drawer open={open} onClose={() => setOpen(false)} title={t('versions.open')} size={560} destroyOnHidden>
        <List />
      </Drawer>
    </>
  );
}

function List() {
  const { t } = useTranslation('settings');
  const [limit, setLimit] = useState(50);
  const { data, error, refetch } = api.useQuery('get', '/settings/versions', { params: { query: { limit } } });
  if (error) return <FaultNote error={error} onRetry={() => void refetch()} small />;
  if (!data) return <Loading rows={6} />;
  if (data.items.length === 0) return <Note small>{t('versions.empty')}</Note>;
  return (
    <>
      <ul>
        {data.items.map((version) => (
          <Version key={version.id} version={version} />
        ))}
      </ul>
      {data.next_cursor && limit < 200 && (
        <Button className={styles.older} onClick={() => setLimit(200)}>
          {t('versions.older')}
        </Button>
      )}
    </>
  );
}

function Version({ version }: { version: SettingVersion }) {
  const { t } = useTranslation('settings');
  const { name, kind, restored_from, current, changed_at, changed_by } = version;
  const what = restored_from === null ? t(`versions.kind.${kind}`) : t('versions.restored', { version: restored_from });
  return (
    <li className={styles.item}>
      <div className={styles.head}>
        <code>{name}</code>
        <span className={styles.quiet}>{t('versions.number', { version: version.version })}</span>
        {current && <StateTag tone="proved">{t('versions.current')}</StateTag>}
        <span className={styles.action}>{version.restorable && <Restore version={version} />}</span>
      </div>
      <div className={styles.values}>
        <Value text={version.previous_value} fingerprint={version.previous_fingerprint} /> →{' '}
        <Value text={version.value} fingerprint={version.fingerprint} />
      </div>
      <div className={styles.quiet}>
        {what} · <TimeText at={changed_at} /> · {changed_by}
      </div>
    </li>
  );
}

/** A secret is told apart by its fingerprint only. */
function Value({ text, fingerprint }: { text: string | null; fingerprint: string | null }) {
  const { t } = useTranslation('settings');
  const shown = text ?? (fingerprint ? `•••• ${fingerprint}` : undefined);
  return shown ? <code>{shown}</code> : <span className={styles.quiet}>{t('versions.none')}</span>;
}

function Restore({ version: { name, version } }: { version: SettingVersion }) {
  const { t } = useTranslation('settings');
  const { t: tc } = useTranslation();
  const { message } = App.useApp();
  const textOf = useFaultText();
  const restore = api.useMutation('post', '/settings/{name}/restorations', {
    onSuccess() {
      invalidate('/settings', '/settings/versions');
      void message.success(t('versions.done', { name }));
    },
    onError: (error: unknown) => void message.error(textOf(error)),
  });
  const mayWrite = useCan('settings:write');
  if (!mayWrite) return null;
  return (
    <Popconfirm
      title={t('versions.restoreTitle', { name })}
      description={t('versions.restoreHint')}
      okText={t('versions.restore')}
      cancelText={tc('cancel')}
      onConfirm={() => restore.mutate({ params: { path: { name } }, body: { from: version } })}
    >
      <Button
        type="link"
        size="small"
        loading={restore.isPending}
        aria-label={`${t('versions.restore')} ${name} ${version}`}
      >
        {t('versions.restore')}
      </Button>
    </Popconfirm>
  );
}
