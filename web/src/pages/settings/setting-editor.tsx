import { CheckCircleOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../api';
import { ConnectionTest } from './connection-test';
import { SettingForm } from './setting-form';
import styles from './settings.module.css';

type Setting = Settings['settings'][number];

interface Props {
  setting: Setting | undefined;
  onClose(): void;
}

/** Sets or clears one setting, and then leads to the proof that it works. */
export function SettingEditor({ setting, onClose }: Props) {
  const { t } = useTranslation('settings');
  return (
    <Modal
      open={setting !== undefined}
      onCancel={onClose}
      footer={null}
      destroyOnHidden
      title={t('editTitle')}
      width={520}
    >
      {setting && <Body setting={setting} onClose={onClose} />}
    </Modal>
  );
}

function Body({ setting, onClose }: { setting: Setting; onClose(): void }) {
  const [saved, setSaved] = useState(false);
  if (saved) return <Saved setting={setting} onClose={onClose} />;
  return <SettingForm setting={setting} onSaved={() => setSaved(true)} onCleared={onClose} onCancel={onClose} />;
}

/** A secret is proved by asking WeCom, a callback key by WeCom asking us. */
function Saved({ setting, onClose }: { setting: Setting; onClose(): void }) {
  const { t } = useTranslation('settings');
  const { t: tc } = useTranslation();
  const isCallback = setting.name.includes('_CALLBACK_');
  return (
    <div className={styles.saved}>
      <p role="status">
        <CheckCircleOutlined className={styles.savedIcon} aria-hidden /> {t('saved', { name: setting.name })}
      </p>
      <p>{t(isCallback ? 'savedCallbackNext' : 'savedNext')}</p>
      {!isCallback && <ConnectionTest />}
      <div className={styles.formButtons}>
        <Button onClick={onClose}>{tc('close')}</Button>
      </div>
    </div>
  );
}
