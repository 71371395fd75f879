import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { PageHeader } from '../../components/page-header';
import { ActiveRuns } from './active-runs';
import { DifferencesTab } from './differences-tab';
import { RunsTab } from './runs-tab';
import { StartButtons } from './start-buttons';

/** Brings our copy up to date and says how far it agrees with WeCom. */
export function SyncPage() {
  const { t } = useTranslation('sync');
  const [params, setParams] = useSearchParams();
  const tab = params.get('tab') === 'differences' ? 'differences' : 'runs';
  return (
    <>
      <PageHeader title={t('title')} actions={<StartButtons />} />
      <ActiveRuns />
      <Tabs
        activeKey={tab}
        // The filters of one tab mean nothing to the other.
        onChange={(next) => setParams(next === 'differences' ? { tab: next } : {})}
        items={[
          { key: 'runs', label: t('tabRuns') },
          { key: 'differences', label: t('tabDifferences') },
        ]}
      />
      {tab === 'runs' ? <RunsTab /> : <DifferencesTab run={params.get('run') ?? undefined} />}
    </>
  );
}
