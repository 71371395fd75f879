import { LockOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../api';
import { Cut } from '../../components/cut';
import { Panel } from '../../components/panel';
import styles from './settings.module.css';

type Setting = Settings['settings'][number];

const groups = ['wecom', 'server', 'storage', 'other'] as const;
const storage = /^(DATA_DIR|DATABASE_URL|REDIS_URL|S3_URL|MASTER_KEY|.*_KEEP_DAYS)$/;
const server = /^(PORT|HOST|PUBLIC_URL|ROLE|LOG_.*|METRICS_TOKEN|OIDC_.*)$/;

function groupOf({ name }: Setting): (typeof groups)[number] {
  if (name.startsWith('WECOM_')) return 'wecom';
  if (storage.test(name)) return 'storage';
  return server.test(name) ? 'server' : 'other';
}

/** Every variable with its value and where that comes from; secrets only say whether they are set. */
export function Variables({ settings }: { settings: Setting[] }) {
  const { t } = useTranslation('settings');
  return groups.map((group) => {
    const own = settings.filter((setting) => groupOf(setting) === group);
    if (own.length === 0) return null;
    return (
      <Panel key={group} title={t(`group.${group}`)}>
        <table className={`${styles.table} ${styles.fixed}`}>
          <thead>
            <tr>
              <th scope="col">{t('name')}</th>
              <th scope="col">{t('value')}</th>
              <th scope="col">{t('source')}</th>
              <th scope="col">{t('about')}</th>
            </tr>
          </thead>
          <tbody>
            {own.map((setting) => (
              <Row key={setting.name} setting={setting} />
            ))}
          </tbody>
        </table>
      </Panel>
    );
  });
}

function Row({ setting }: { setting: Setting }) {
  const { t } = useTranslation('settings');
  const { name, about, source } = setting;
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
      <td className={source === 'environment' ? undefined : styles.quiet}>{t(`sourceOf.${source}`)}</td>
      <td className={styles.quiet}>{about}</td>
    </tr>
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
