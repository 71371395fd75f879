import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useCan } from '../../api';
import { NoAccess } from '../../components/no-access';
import { PageHeader } from '../../components/page-header';
import { ErasuresTab } from './erasures-tab';
import { HoldsTab } from './holds-tab';
import { PurgesTab } from './purges-tab';
import { RulesTab } from './rules-tab';
import { RunsTab } from './runs-tab';

const contents = { holds: HoldsTab, rules: RulesTab, runs: RunsTab, purges: PurgesTab, erasures: ErasuresTab };
const order = ['holds', 'rules', 'runs', 'purges', 'erasures'] as const;

/** What must be kept, how long the rest is kept, and what was destroyed. */
export function HoldsPage() {
  const { t } = useTranslation('holds');
  const [params, setParams] = useSearchParams();
  const may = useCan('archive:hold');
  const tab = order.find((key) => key === params.get('tab')) ?? 'holds';
  const Content = contents[tab];
  if (!may) return <NoAccess />;
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} />
      <Tabs
        activeKey={tab}
        onChange={(next) => setParams(next === 'holds' ? {} : { tab: next })}
        items={order.map((key) => ({ key, label: t(`tab.${key}`) }))}
      />
      <Content />
    </>
  );
}
