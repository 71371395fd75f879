import { useTranslation } from 'react-i18next';
import { type ArchiveKey, useCan, wholeListOf } from '../../api';
import { CopyButton } from '../../components/copy-button';
import { Cut } from '../../components/cut';
import { Panel } from '../../components/panel';
import { type QueryColumn, QueryTable } from '../../components/query-table';
import { TimeText } from '../../components/time-text';
import { AddKey } from './add-key';
import styles from './archive.module.css';

const source = wholeListOf('/archive/keys', () => true);
const command =
  'openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out 2.pem && openssl rsa -in 2.pem -pubout';
const steps = ['generate', 'upload', 'add', 'keep'] as const;

/** The private keys messages are opened with, and how the next one is made. */
export function KeysTab() {
  const { t } = useTranslation('archive');
  const mayAdd = useCan('archive:keys');
  return (
    <div className={styles.stack}>
      <QueryTable
        id="archive-keys"
        source={source}
        rowKey={({ version }) => String(version)}
        columns={useColumns()}
        extra={mayAdd && <AddKey />}
        empty={{ title: t('noKeys'), hint: t('noKeysHint') }}
      />
      <Panel title={t('rotation')}>
        <ol className={styles.steps}>
          {steps.map((step) => (
            <li key={step}>
              <strong>{t(`step.${step}`)}</strong>
              <div className={styles.quiet}>{t(`stepHint.${step}`)}</div>
              {step === 'generate' && (
                <div className={styles.command}>
                  <code>{command}</code> <CopyButton text={command} />
                </div>
              )}
            </li>
          ))}
        </ol>
      </Panel>
    </div>
  );
}

function useColumns(): QueryColumn<ArchiveKey>[] {
  const { t } = useTranslation('archive');
  return [
    { key: 'version', title: t('version'), width: 100, render: ({ version }) => version },
    {
      key: 'fingerprint',
      title: t('fingerprint'),
      render: ({ fingerprint }) => (
        <Cut text={fingerprint}>
          <code>{fingerprint}</code>
        </Cut>
      ),
    },
    {
      key: 'source',
      title: t('source'),
      width: 220,
      render: ({ source: from }) => (from === 'file' ? t('fromFile') : <Cut text={from} />),
    },
    { key: 'created_at', title: t('addedAt'), width: 140, render: ({ created_at }) => <TimeText at={created_at} /> },
  ];
}
