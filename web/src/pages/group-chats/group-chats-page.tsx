import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { listOf, useCan } from '../../api';
import { ContactName, StaffName } from '../../components/names';
import { PageHeader } from '../../components/page-header';
import { type QueryFilter, QueryTable, StaffSelect, staffFilter } from '../../components/query-table';
import { groupChatPath } from '../../lib/paths';
import { useChatColumns } from './use-chat-columns';

const source = listOf('/group-chats');
const states = ['active', 'dismissed', 'missing'] as const;

/** The group chats with external contacts. */
export function GroupChatsPage() {
  const { t } = useTranslation('groupChats');
  const maySync = useCan('sync:start');
  const { t: ts } = useTranslation('states');
  return (
    <>
      <PageHeader title={t('title')} />
      <QueryTable
        id="group-chats"
        source={source}
        rowKey={(chat) => chat.chat_id}
        search={{ key: 'q', placeholder: t('search') }}
        tabs={{
          kind: 'choice',
          key: 'state',
          label: t('state'),
          options: states.map((value) => ({ value, label: ts(`groupChat.${value}`) })),
        }}
        filters={useFilters()}
        columns={useChatColumns()}
        href={(chat) => groupChatPath(chat.chat_id)}
        empty={{
          title: t('empty'),
          hint: t(maySync ? 'emptyHint' : 'emptyOwn'),
          actions: maySync && (
            <Link to="/sync">
              <Button>{t('toSync')}</Button>
            </Link>
          ),
        }}
      />
    </>
  );
}

function useFilters(): QueryFilter<'owner' | 'member'>[] {
  const { t } = useTranslation('groupChats');
  return [
    staffFilter('owner', t('owner')),
    {
      kind: 'custom',
      key: 'member',
      label: t('member'),
      editor: ({ value, onChange }) => <StaffSelect value={value} onChange={onChange} autoFocus />,
      display: (userid) => <MemberName userid={userid} />,
    },
  ];
}

/** Links lead here with external contacts too: their ids begin with `wm` or `wo`. */
const MemberName = ({ userid }: { userid: string }) =>
  /^w[mo].{20}/.test(userid) ? <ContactName externalUserid={userid} /> : <StaffName userid={userid} />;
