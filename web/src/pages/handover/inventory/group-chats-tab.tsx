import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FilterOf, listOf } from '../../../api';
import type { Departure, HeldGroupChat } from '../../../api/departures';
import { Cut } from '../../../components/cut';
import { type QueryColumn, QueryTable } from '../../../components/query-table';
import { TimeText } from '../../../components/time-text';
import { groupChatPath } from '../../../lib/paths';
import { OwnershipTag } from '../../group-chats/ownership-tag';
import { BulkBar } from './bulk-bar';
import { HandoverState, Movable } from './handover-state';
import { useBoxSelection } from './use-box-selection';
import { useHandoverFilter } from './use-handover-filter';

const right = { align: 'right' } as const;

/** The group chats of somebody who leaves. */
export function GroupChatsTab({ departure }: { departure: Departure }) {
  const { t } = useTranslation('handoverDesk');
  const { chosen, clear, selection } = useBoxSelection<HeldGroupChat>(departure, ({ name, why_not }) => ({
    name: t('choose', { name: name || t('unnamedGroup') }),
    refusal: why_not === null ? undefined : t(`whyNotHint.${why_not}`),
  }));
  return (
    <div>
      <QueryTable<HeldGroupChat, FilterOf<'/departures/{id}/group-chats'>>
        id="held-group-chats"
        source={listOf('/departures/{id}/group-chats', { id: departure.id })}
        rowKey={({ chat_id }) => chat_id}
        search={{ key: 'q', placeholder: t('searchGroup') }}
        filters={[useHandoverFilter()]}
        columns={useColumns()}
        href={({ chat_id }) => groupChatPath(chat_id)}
        empty={{ title: t('noGroups'), hint: t('noGroupsHint') }}
        {...(selection ? { selection } : {})}
      />
      {chosen.length > 0 && (
        <BulkBar
          words={t('chosenGroups', { count: chosen.length })}
          start={{ from: departure.userid, groups: chosen }}
          clear={clear}
        />
      )}
    </div>
  );
}

function useColumns(): QueryColumn<HeldGroupChat>[] {
  const { t } = useTranslation('handoverDesk');
  return [
    { key: 'name', title: t('group'), render: (chat) => <Name chat={chat} /> },
    { key: 'members', title: t('members'), width: 96, ...right, render: ({ members }) => members.toLocaleString() },
    {
      ...{ key: 'external', title: t('externalMembers'), width: 96, ...right },
      render: ({ external_members }) => external_members.toLocaleString(),
    },
    { key: 'status', title: t('ownership'), width: 136, render: ({ status }) => <OwnershipTag status={status} /> },
    {
      ...{ key: 'last_message_at', title: t('lastTalk'), width: 116 },
      render: ({ last_message_at }) => <TimeText at={last_message_at} />,
    },
    { key: 'movable', title: t('mayMove'), width: 140, render: ({ why_not }) => <Movable why={why_not} /> },
    {
      ...{ key: 'handover', title: t('handover'), width: 196 },
      render: ({ handover }) => <HandoverState handover={handover} />,
    },
  ];
}

function Name({ chat: { chat_id, name } }: { chat: HeldGroupChat }) {
  const { t } = useTranslation('handoverDesk');
  return (
    <Link to={groupChatPath(chat_id)} onClick={(event) => event.stopPropagation()}>
      <Cut text={name || t('unnamedGroup')} />
    </Link>
  );
}
