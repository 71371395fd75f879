import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { PageHeader } from '../../components/page-header';
import { InboxTab } from './inbox-tab';
import { PreferencesTab } from './preferences-tab';

const contents = { inbox: InboxTab, preferences: PreferencesTab };
type Tab = keyof typeof contents;

/** What I should know, and how I am told. */
export function NotificationsPage() {
  const { t } = useTranslation('notifications');
  const [params, setParams] = useSearchParams();
  const tab: Tab = params.get('tab') === 'preferences' ? 'preferences' : 'inbox';
  const Content = contents[tab];
  return (
    <>
      <PageHeader title={t('title')} />
      <Tabs
        activeKey={tab}
        onChange={(next) => setParams(next === 'inbox' ? {} : { tab: next })}
        items={[
          { key: 'inbox', label: t('tabInbox') },
          { key: 'preferences', label: t('tabPreferences') },
        ]}
      />
      <Content />
    </>
  );
}
