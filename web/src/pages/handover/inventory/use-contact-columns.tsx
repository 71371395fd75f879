import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { HeldContact } from '../../../api/departures';
import { Cut } from '../../../components/cut';
import { ExternalPerson } from '../../../components/external-person';
import type { QueryColumn } from '../../../components/query-table';
import { RelationStateTag } from '../../../components/states';
import { TimeText } from '../../../components/time-text';
import { TagChips } from '../../external-contacts/tag-chips';
import { HandoverState, Movable } from './handover-state';

const right = { align: 'right' } as const;

export function useContactColumns(): QueryColumn<HeldContact>[] {
  const { t } = useTranslation('handoverDesk');
  return [
    { key: 'name', title: t('contact'), width: 210, render: (held) => <ExternalPerson contact={held} /> },
    { key: 'tags', title: t('tags'), render: ({ tags }) => <TagChips tags={tags} /> },
    { key: 'state', title: t('relation'), width: 140, render: ({ state }) => <RelationStateTag state={state} /> },
    {
      ...{ key: 'last_message_at', title: t('lastTalk'), width: 116 },
      render: ({ last_message_at }) => <TimeText at={last_message_at} />,
    },
    {
      ...{ key: 'shared', title: t('sharedGroups'), width: 84, ...right },
      render: ({ shared_group_chats }) => shared_group_chats.toLocaleString(),
    },
    { key: 'findings', title: t('findings'), width: 92, ...right, render: (held) => <Findings held={held} /> },
    { key: 'movable', title: t('mayMove'), width: 140, render: ({ why_not }) => <Movable why={why_not} /> },
    {
      ...{ key: 'handover', title: t('handover'), width: 196 },
      render: ({ handover }) => <HandoverState handover={handover} />,
    },
    {
      ...{ key: 'since', title: t('since'), width: 116, hidden: true },
      render: ({ since }) => <TimeText at={since} />,
    },
    {
      ...{ key: 'remark', title: t('remark'), width: 160, hidden: true },
      render: ({ remark }) => (remark ? <Cut text={remark} /> : '–'),
    },
  ];
}

function Findings({ held: { open_findings: count, external_userid } }: { held: HeldContact }) {
  const { t } = useTranslation('handoverDesk');
  if (count === null) return <span title={t('notForYou')}>–</span>;
  if (count === 0) return '0';
  return (
    <Link
      to={`/findings?external_userid=${encodeURIComponent(external_userid)}`}
      onClick={(event) => event.stopPropagation()}
    >
      {count.toLocaleString()}
    </Link>
  );
}
