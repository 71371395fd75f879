import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useCan } from '../../api';
import { PageHeader } from '../../components/page-header';
import { LinesTab } from './lines-tab';
import { RolesTab } from './roles-tab';
import { TokensTab } from './tokens-tab';
import { UsersTab } from './users-tab';

const contents = { users: UsersTab, roles: RolesTab, tokens: TokensTab, lines: LinesTab };
type Tab = keyof typeof contents;

/** Who may sign in, what the roles allow, and who sees whose customers. */
export function AccessPage() {
  const { t } = useTranslation('access');
  const [params, setParams] = useSearchParams();
  const tabs = useTabs();
  const tab = tabs.find(({ key }) => key === params.get('tab'))?.key ?? tabs[0]?.key;
  const Content = tab && contents[tab];
  return (
    <>
      <PageHeader title={t('title')} />
      <Tabs
        activeKey={tab ?? ''}
        // The filters of one tab mean nothing to the other.
        onChange={(next) => setParams({ tab: next })}
        items={tabs}
      />
      {Content && <Content />}
    </>
  );
}

/** Those the reader may open: whoever reads the reporting lines need not see the accounts. */
function useTabs(): { key: Tab; label: string }[] {
  const { t } = useTranslation('access');
  const seesAccess = useCan('access:read');
  const seesLines = useCan('reporting:read');
  return [
    ...(seesAccess
      ? [
          { key: 'users' as const, label: t('tabUsers') },
          { key: 'roles' as const, label: t('tabRoles') },
          { key: 'tokens' as const, label: t('tabTokens') },
        ]
      : []),
    ...(seesLines ? [{ key: 'lines' as const, label: t('tabLines') }] : []),
  ];
}
