import { Steps } from 'antd';
import { type ComponentType, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Settings, useCan } from '../../api';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { NoAccess } from '../../components/no-access';
import { Note } from '../../components/note';
import { PageHeader } from '../../components/page-header';
import { Panel } from '../../components/panel';
import { AppStep } from './app-step';
import { CallbacksStep } from './callbacks-step';
import { CompanyStep } from './company-step';
import { ContactsStep } from './contacts-step';
import { DoneStep } from './done-step';
import styles from './setup.module.css';
import type { StepProps } from './step-props';
import { firstOpenStep, type Step, steps } from './steps';
import { TrustStep } from './trust-step';

const pages: Record<Step, ComponentType<StepProps>> = {
  company: CompanyStep,
  app: AppStep,
  contacts: ContactsStep,
  callbacks: CallbacksStep,
  trust: TrustStep,
  done: DoneStep,
};

const newestSync = { params: { query: { limit: 1 } } };

/** From an empty server to a connected company, in six steps; each is tried before the next, and can be left. */
export function SetupPage() {
  const { t } = useTranslation('setup');
  const settings = api.useQuery('get', '/settings');
  const syncs = api.useQuery('get', '/sync-runs', newestSync);
  const mayWrite = useCan('settings:write');
  if (!mayWrite) return <NoAccess />;
  const error = settings.error ?? syncs.error;
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} />
      {error && <FaultNote error={error} onRetry={() => void settings.refetch()} />}
      {!error && !(settings.data && syncs.data) && (
        <Panel>
          <Loading rows={6} />
        </Panel>
      )}
      {settings.data && syncs.data && <Wizard settings={settings.data} hasSynced={syncs.data.items.length > 0} />}
    </>
  );
}

function Wizard({ settings, hasSynced }: { settings: Settings; hasSynced: boolean }) {
  const { t } = useTranslation('setup');
  const open = firstOpenStep(settings, hasSynced);
  const [step, setStep] = useState<Step>(open);
  if (settings.mode === 'sandbox') return <Note title={t('sandbox')}>{t('sandboxHint')}</Note>;
  const at = steps.indexOf(step);
  const furthest = Math.max(at, steps.indexOf(open));
  const Page = pages[step];
  return (
    <div className={styles.page}>
      <Steps
        current={at}
        size="small"
        onChange={(index) => setStep(steps[index] ?? step)}
        items={steps.map((one, index) => ({ title: t(`step.${one}`), disabled: index > furthest }))}
      />
      <Panel title={t(`heading.${step}`)} className={styles.panel}>
        <Page settings={settings} onNext={() => setStep(steps[at + 1] ?? 'done')} />
      </Panel>
    </div>
  );
}
