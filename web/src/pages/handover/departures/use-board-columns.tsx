import { useTranslation } from 'react-i18next';
import { useCan } from '../../../api';
import type { Departure } from '../../../api/departures';
import { Cut } from '../../../components/cut';
import { Person } from '../../../components/person';
import type { QueryColumn } from '../../../components/query-table';
import { TimeText } from '../../../components/time-text';
import { departurePath } from '../../../lib/paths';
import styles from '../handover.module.css';
import { LinkButton } from '../link-button';
import { newHandover } from '../start';
import { Deadline } from './deadline';
import { Progress } from './progress';
import { StandTag } from './stand-tag';
import { waitingIn } from './standing';

const right = { align: 'right' } as const;

export function useBoardColumns(): QueryColumn<Departure>[] {
  const { t } = useTranslation('handoverDesk');
  return [
    { key: 'name', title: t('member'), width: 184, render: (departure) => <Who departure={departure} /> },
    { key: 'stand', title: t('standTitle'), width: 170, render: (departure) => <StandTag departure={departure} /> },
    { key: 'day', title: t('leftOn'), width: 116, render: (departure) => <Day departure={departure} /> },
    {
      ...{ key: 'contacts', title: t('contacts'), width: 112, ...right },
      render: ({ counts }) => <Count n={counts.external_contacts.movable} apart={counts.external_contacts.apart} />,
    },
    {
      ...{ key: 'groups', title: t('groups'), width: 76, ...right },
      render: ({ counts }) => <Count n={counts.group_chats.owned} />,
    },
    {
      ...{ key: 'subjects', title: t('subjects'), width: 84, ...right },
      render: ({ counts }) => <Count n={counts.subjects} />,
    },
    { key: 'progress', title: t('progress'), render: ({ counts }) => <Progress counts={counts} /> },
    { key: 'deadline', title: t('deadline'), width: 112, render: (departure) => <Deadline departure={departure} /> },
    { key: 'act', title: t('next'), width: 144, render: (departure) => <PlanLink departure={departure} /> },
    {
      ...{ key: 'note', title: t('note'), width: 200, hidden: true },
      render: ({ note }) => (note ? <Cut text={note} /> : '–'),
    },
  ];
}

function Who({ departure: { id, userid, name, avatar, departments } }: { departure: Departure }) {
  const detail = departments.map((department) => department.name ?? '').find(Boolean);
  return <Person id={userid} name={name} avatar={avatar} detail={detail} to={departurePath(id)} />;
}

function Day({ departure: { state, last_day, departed_at } }: { departure: Departure }) {
  const { t } = useTranslation('handoverDesk');
  if (state === 'left') return <TimeText at={departed_at} none={t('whenUnknown')} />;
  return last_day ?? '–';
}

/** What can be handed over; behind it, in grey, what WeCom cannot move. */
function Count({ n, apart = 0 }: { n: number; apart?: number }) {
  const { t } = useTranslation('handoverDesk');
  return (
    <>
      <span className={n === 0 ? styles.zero : undefined}>{n.toLocaleString()}</span>
      {apart > 0 && (
        <span className={styles.quiet} title={t('apartHint', { count: apart })}>
          {' '}
          +{apart.toLocaleString()}
        </span>
      )}
    </>
  );
}

function PlanLink({ departure: { userid, state, counts } }: { departure: Departure }) {
  const { t } = useTranslation('handoverDesk');
  const may = useCan('handovers:manage');
  const isOpen = state === 'planned' || state === 'left';
  if (!may || !isOpen || waitingIn(counts) - counts.subjects === 0) return null;
  return (
    <LinkButton {...newHandover({ from: userid })} size="small">
      {t('plan')}
    </LinkButton>
  );
}
