import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useCan } from '../../api';
import { NoAccess } from '../../components/no-access';
import { PageHeader } from '../../components/page-header';
import { ProfilesTab } from './profiles-tab';
import { QueueTab } from './queue-tab';
import { SamplesTab } from './samples-tab';

const contents = { queue: QueueTab, profiles: ProfilesTab, samples: SamplesTab };
const order = ['queue', 'profiles', 'samples'] as const;

/** What waits for a reviewer, and how it comes that somebody's messages are drawn. */
export function ReviewsPage() {
  const { t } = useTranslation('reviews');
  const [params, setParams] = useSearchParams();
  const may = useCan('archive:review');
  const tab = order.find((key) => key === params.get('tab')) ?? 'queue';
  const Content = contents[tab];
  if (!may) return <NoAccess />;
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} />
      <Tabs
        activeKey={tab}
        onChange={(next) => setParams(next === 'queue' ? {} : { tab: next })}
        items={order.map((key) => ({ key, label: t(`tab.${key}`) }))}
      />
      <Content />
    </>
  );
}
