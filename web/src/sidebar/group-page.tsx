import { Button } from 'antd-mobile';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type GroupChatDetail, type SidebarContext } from '../api/sidebar';
import { TimeText } from '../components/time-text';
import { Avatar, Card, Facts, Notice, PartFailed, Waiting } from './parts';

/** A group chat: whose it is, and who is in it. */
export function GroupPage({ context }: { context: SidebarContext }) {
  const { t } = useTranslation('sidebar');
  const params = { path: { chat_id: context.id } };
  const found = api.useQuery('get', '/group-chats/{chat_id}', { params });
  if (found.isPending) return <Waiting />;
  if (!found.data) return <PartFailed error={found.error} onRetry={() => void found.refetch()} />;
  const chat = found.data;
  return (
    <>
      <Header chat={chat} />
      {context.outcome === 'not_related' && <Notice>{t('notInGroup')}</Notice>}
      {context.read_now && <Notice>{t('readNow')}</Notice>}
      <Card title={t('facts')}>
        <Facts
          items={[
            { name: t('owner'), value: <bdi>{chat.owner_name ?? chat.owner}</bdi> },
            { name: t('notice'), value: chat.notice },
            { name: t('created'), value: <TimeText at={chat.created_at} /> },
          ]}
        />
      </Card>
      <Members chat={chat} />
    </>
  );
}

function Header({ chat }: { chat: GroupChatDetail }) {
  const { t } = useTranslation('sidebar');
  const { t: words } = useTranslation('states');
  const isUsual = chat.state === 'active' && chat.status === 'normal';
  return (
    <header className="card head">
      <Avatar id={chat.chat_id} name={chat.name} />
      <div className="row-words">
        <h1>
          <bdi>{chat.name}</bdi>
        </h1>
        <p className="quiet">{t('memberCount', { count: chat.member_count, external: chat.external_count })}</p>
      </div>
      <span className={isUsual ? 'state' : 'state person'}>
        {chat.state === 'active' && !isUsual ? words(`chatOwner.${chat.status}`) : words(`groupChat.${chat.state}`)}
      </span>
    </header>
  );
}

const shownAtFirst = 20;

function Members({ chat: { members, owner } }: { chat: GroupChatDetail }) {
  const { t } = useTranslation('sidebar');
  const [isWhole, showWhole] = useState(false);
  const shown = isWhole ? members : members.slice(0, shownAtFirst);
  return (
    <Card title={t('members')}>
      <ul className="rows">
        {shown.map(({ userid, name, nickname, is_admin, joined_at }) => (
          <li key={userid} className="row">
            <Avatar id={userid} name={nickname || name || userid} />
            <div className="row-words">
              <bdi>{nickname || name || userid}</bdi>
              <span className="quiet">
                <TimeText at={joined_at} />
              </span>
            </div>
            {userid === owner && <span className="state">{t('ownerMark')}</span>}
            {userid !== owner && is_admin && <span className="state">{t('admin')}</span>}
          </li>
        ))}
      </ul>
      {shown.length < members.length && (
        <Button block onClick={() => showWhole(true)}>
          {t('showAll', { count: members.length })}
        </Button>
      )}
    </Card>
  );
}
