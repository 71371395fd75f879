import { LockOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Settings, useCan } from '../../api';
import { Cut } from '../../components/cut';
import { Panel } from '../../components/panel';
import { useWord } from '../../lib/use-word';
import { SettingEditor } from './setting-editor';
import styles from './settings.module.css';

type Setting = Settings['settings'][number];

const groups = ['wecom', 'server', 'storage', 'other'] as const;
const storage = /^(DATA_DIR|DATABASE_URL|REDIS_URL|S3_URL|MASTER_KEY|BACKUP_.*|.*_KEEP_DAYS)$/;
const server = /^(PORT|HOST|PUBLIC_URL|EGRESS_ADDRESSES|ROLE|LOG_.*|METRICS_TOKEN|OIDC_.*)$/;

function groupOf({ name }: Setting): (typeof groups)[number] {
  if (name.startsWith('WECOM_')) return 'wecom';
  if (storage.test(name)) return 'storage';
  return server.test(name) ? 'server' : 'other';
}

/** Every variable with its value and where that comes from; secrets only say whether they are set. */
export function Variables({ settings }: { settings: Setting[] }) {
  const [editing, setEditing] = useState<string>();
  return (
    <>
      {groups.map((group) => {
        const own = settings.filter((setting) => groupOf(setting) === group);
        return own.length > 0 && <Group key={group} group={group} settings={own} onEdit={setEditing} />;
      })}
      <SettingEditor setting={settings.find(({ name }) => name === editing)} onClose={() => setEditing(undefined)} />
    </>
  );
}

interface GroupProps {
  group: (typeof groups)[number];
  settings: Setting[];
  onEdit(name: string): void;
}

function Group({ group, settings, onEdit }: GroupProps) {
  const { t } = useTranslation('settings');
  const mayWrite = useCan('settings:write');
  const editable = mayWrite && settings.some((setting) => setting.editable);
  return (
    <Panel title={t(`group.${group}`)}>
      {editable && <p className={styles.hint}>{t('editableHint')}</p>}
      <table className={`${styles.table} ${styles.fixed}`}>
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('value')}</th>
            <th scope="col">{t('source')}</th>
            <th scope="col">{t('about')}</th>
            {editable && <th scope="col">{t('action')}</th>}
          </tr>
        </thead>
        <tbody>
          {settings.map((setting) => (
            <Row key={setting.name} setting={setting} onEdit={editable ? onEdit : undefined} />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Row({ setting, onEdit }: { setting: Setting; onEdit: GroupProps['onEdit'] | undefined }) {
  const wordOf = useWord('variables');
  const { name, about } = setting;
  return (
    <tr>
      <th scope="row">
        <code>
          <Cut text={name} />
        </code>
      </th>
      <td>
        <Value setting={setting} />
      </td>
      <td>
        <Source setting={setting} />
      </td>
      <td className={styles.quiet}>{wordOf(name) ?? about}</td>
      {onEdit && (
        <td className={styles.action}>{setting.editable && <EditButton setting={setting} onEdit={onEdit} />}</td>
      )}
    </tr>
  );
}

function Source({ setting: { source } }: { setting: Setting }) {
  const { t } = useTranslation('settings');
  const text = t(`sourceOf.${source}`);
  if (source === 'environment')
    return (
      <Tooltip title={t('environmentWins')}>
        <span>{text}</span>
      </Tooltip>
    );
  return <span className={source === 'database' ? undefined : styles.quiet}>{text}</span>;
}

function EditButton({ setting: { name, source }, onEdit }: { setting: Setting; onEdit: GroupProps['onEdit'] }) {
  const { t } = useTranslation('settings');
  const verb = t(source === 'unset' ? 'setValue' : 'change');
  return (
    <Button type="link" size="small" aria-label={`${verb} ${name}`} onClick={() => onEdit(name)}>
      {verb}
    </Button>
  );
}

function Value({ setting }: { setting: Setting }) {
  const { t } = useTranslation('settings');
  const { secret, source, value } = setting;
  if (source === 'unset') return <span className={styles.quiet}>–</span>;
  if (secret || value === null) {
    return (
      <span className={styles.quiet}>
        <LockOutlined aria-hidden /> {t('secretSet')}
      </span>
    );
  }
  return (
    <code>
      <Cut text={value} />
    </code>
  );
}
