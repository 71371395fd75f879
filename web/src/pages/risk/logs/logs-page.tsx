import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useCan } from '../../../api';
import { NoAccess } from '../../../components/no-access';
import { PageHeader } from '../../../components/page-header';
import { RecordsTab } from './records-tab';
import { SourcesTab } from './sources-tab';

const contents = { sources: SourcesTab, records: RecordsTab };
const order = ['sources', 'records'] as const;

/** What WeCom itself logs of members, administrators, files and screens. */
export function LogsPage() {
  const { t } = useTranslation('securityRecords');
  const [params, setParams] = useSearchParams();
  const may = useCan('security_records:read');
  const tab = order.find((key) => key === params.get('tab')) ?? 'sources';
  const Content = contents[tab];
  if (!may) return <NoAccess />;
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} />
      <Tabs
        activeKey={tab}
        onChange={(next) => setParams(next === 'sources' ? {} : { tab: next })}
        items={order.map((key) => ({ key, label: t(`tab.${key}`) }))}
      />
      <Content />
    </>
  );
}
