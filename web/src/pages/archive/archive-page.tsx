import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useCan } from '../../api';
import { PageHeader } from '../../components/page-header';
import { CalendarTab } from './calendar-tab';
import { GapsTab } from './gaps-tab';
import { KeysTab } from './keys-tab';
import { StatusTab } from './status-tab';
import { VerifyTab } from './verify-tab';

const contents = { status: StatusTab, days: CalendarTab, gaps: GapsTab, verify: VerifyTab, keys: KeysTab };
type Tab = keyof typeof contents;
const order = ['status', 'days', 'gaps', 'verify', 'keys'] as const satisfies readonly Tab[];

/** Whether the archive takes in what there is, whether anything is missing, and whether anything was changed. */
export function ArchivePage() {
  const { t } = useTranslation('archive');
  const [params, setParams] = useSearchParams();
  const mayVerify = useCan('archive:verify');
  const tabs = order.filter((tab) => tab !== 'verify' || mayVerify);
  const tab = tabs.find((key) => key === params.get('tab')) ?? 'status';
  const Content = contents[tab];
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} />
      <Tabs
        activeKey={tab}
        onChange={(next) => setParams({ tab: next })}
        items={tabs.map((key) => ({ key, label: t(`tab.${key}`) }))}
      />
      <Content />
    </>
  );
}
