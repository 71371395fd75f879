import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type DoctorReport } from '../../api';
import { useFaultText } from '../../components/fault-note';
import { FormFault } from '../../components/form-fault';
import { CheckRow } from '../doctor/check-row';
import { EgressPanel } from '../doctor/egress-panel';
import { useExamination, useReport } from '../doctor/report';
import styles from './setup.module.css';
import type { StepProps } from './step-props';
import { settingNamed } from './steps';
import { useValues } from './use-values';

const asked = [
  'connection.agent',
  'connection.contacts',
  'trusted_ip',
  'scope.customers',
  'scope.directory',
  'visible_range',
];

/** An address that is not trusted is said once, and not again by everything that needs it. */
const isTelling = ({ key, level, errcode }: DoctorReport['checks'][number]): boolean =>
  asked.includes(key) && level !== 'skipped' && (errcode !== 60020 || key === 'trusted_ip');

/** The trusted IP, the ownership file, and the first whole look at what WeCom allows. */
export function TrustStep({ settings, onNext }: StepProps) {
  const { t } = useTranslation('setup');
  const textOf = useFaultText();
  const { data: report } = useReport();
  const examine = useExamination();
  const sync = api.useMutation('post', '/sync-runs', { onSuccess: onNext });
  const checks = report?.checks.filter(isTelling) ?? [];
  const ready = examine.isSuccess && checks.every(({ level }) => level !== 'fail');
  const error = examine.error ?? sync.error;
  return (
    <div className={styles.step}>
      <p className={styles.quiet}>{t('trustIntro')}</p>
      {report && <EgressPanel egress={report.egress} />}
      <VerifyFile settings={settings} />
      {examine.isSuccess && (
        <ul>
          {checks.map((check) => (
            <CheckRow key={check.key} check={check} />
          ))}
        </ul>
      )}
      {error && <FormFault text={textOf(error)} />}
      <div className={styles.buttons}>
        <Button type={ready ? 'default' : 'primary'} loading={examine.isPending} onClick={() => examine.mutate({})}>
          {t('examine')}
        </Button>
        <Button
          type={ready ? 'primary' : 'default'}
          disabled={!ready}
          loading={sync.isPending}
          onClick={() => sync.mutate({ body: { scope: 'all' } })}
        >
          {t('startSync')}
        </Button>
      </div>
    </div>
  );
}

const shape = /^WW_verify_[A-Za-z0-9]{16}\.txt$/;

/** WeCom asks for a file on the domain; its name and content are enough. */
function VerifyFile({ settings }: Pick<StepProps, 'settings'>) {
  const { t } = useTranslation('setup');
  const textOf = useFaultText();
  const [name, setName] = useState('');
  const [content, setContent] = useState('');
  const { saveAndTest, error, busy } = useValues({ settings });
  const known = settingNamed(settings, 'WECOM_VERIFY_FILES')?.value ?? '';
  const add = async () => {
    const value = [known, `${name.trim()}=${content.trim()}`].filter(Boolean).join(', ');
    if (!(await saveAndTest({ WECOM_VERIFY_FILES: value }))) return;
    setName('');
    setContent('');
  };
  return (
    <section className={styles.receiver} aria-label={t('verifyFile')}>
      <h3>{t('verifyFile')}</h3>
      <p className={styles.quiet}>{t('verifyFileHint')}</p>
      {known && <FileNames text={known} />}
      <div className={styles.file}>
        <Input
          aria-label={t('fileName')}
          placeholder="WW_verify_0123456789abcdef.txt"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Input
          aria-label={t('fileContent')}
          placeholder={t('fileContent')}
          maxLength={64}
          value={content}
          onChange={(event) => setContent(event.target.value)}
        />
        <Button disabled={!shape.test(name.trim()) || content.trim() === ''} loading={busy} onClick={() => void add()}>
          {t('addFile')}
        </Button>
      </div>
      {error !== undefined && <FormFault text={textOf(error)} />}
    </section>
  );
}

function FileNames({ text }: { text: string }) {
  const names = text.split(/[\s,;]+/).map((part) => part.split('=', 1)[0] ?? '');
  return (
    <ul>
      {names.map((name) => (
        <li key={name}>
          <a href={`/${name}`} target="_blank" rel="noreferrer">
            {name}
          </a>
        </li>
      ))}
    </ul>
  );
}
