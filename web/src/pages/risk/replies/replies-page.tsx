import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useCan } from '../../../api';
import { NoAccess } from '../../../components/no-access';
import { PageHeader } from '../../../components/page-header';
import { FiguresTab } from './figures-tab';
import { UnansweredTab } from './unanswered-tab';

const contents = { figures: FiguresTab, unanswered: UnansweredTab };
const order = ['figures', 'unanswered'] as const;

/** How soon people outside are answered, and who waits now. */
export function RepliesPage() {
  const { t } = useTranslation('replyQuality');
  const [params, setParams] = useSearchParams();
  const may = useCan('reply_quality:read');
  const tab = order.find((key) => key === params.get('tab')) ?? 'figures';
  const Content = contents[tab];
  if (!may) return <NoAccess />;
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} actions={<Link to="/settings/calendar">{t('calendar')}</Link>} />
      <Tabs
        activeKey={tab}
        onChange={(next) => setParams(next === 'figures' ? {} : { tab: next })}
        items={order.map((key) => ({ key, label: t(`tab.${key}`) }))}
      />
      <Content />
    </>
  );
}
