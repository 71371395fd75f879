import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCan } from '../../../api';
import type { Leftover } from '../../../api/departures';
import { Cut } from '../../../components/cut';
import { Person } from '../../../components/person';
import type { QueryColumn } from '../../../components/query-table';
import { TimeText } from '../../../components/time-text';
import { departurePath, handoverPath } from '../../../lib/paths';
import styles from '../handover.module.css';
import { useSubjectKind, useSubjectTitle } from '../inventory/subject-words';
import { LinkButton } from '../link-button';
import { newHandover } from '../start';
import { WhyTag } from './why-tag';

export function useLeftoverColumns(): QueryColumn<Leftover>[] {
  const { t } = useTranslation('handoverDesk');
  return [
    { key: 'title', title: t('what'), width: 200, render: (leftover) => <What leftover={leftover} /> },
    { key: 'kind', title: t('kindTitle'), width: 116, render: (leftover) => <KindWords leftover={leftover} /> },
    {
      ...{ key: 'userid', title: t('whose'), width: 160 },
      render: ({ userid, staff_name, departure_id }) => (
        <Person
          id={userid}
          name={staff_name}
          size={20}
          {...(departure_id === null ? {} : { to: departurePath(departure_id) })}
        />
      ),
    },
    {
      ...{ key: 'departed_at', title: t('departedAt'), width: 120 },
      render: ({ departed_at }) => <TimeText at={departed_at} none={t('whenUnknown')} />,
    },
    { key: 'why', title: t('why'), width: 180, render: ({ why }) => <WhyTag why={why} /> },
    {
      ...{ key: 'hint', title: t('means') },
      render: ({ why }) => <Cut text={t(`whyHint.${why}`)} />,
    },
    { key: 'act', title: t('next'), width: 120, render: (leftover) => <Act leftover={leftover} /> },
  ];
}

function What({ leftover: { kind, subject, title, id, link } }: { leftover: Leftover }) {
  const titleOf = useSubjectTitle();
  const text = (kind === 'subject' ? titleOf({ kind: subject ?? '', title }) : title) || id;
  if (link === null) return <Cut text={text} />;
  return (
    <Link to={link} onClick={(event) => event.stopPropagation()}>
      <Cut text={text} />
    </Link>
  );
}

function KindWords({ leftover: { kind, subject } }: { leftover: Leftover }) {
  const { t } = useTranslation('handoverDesk');
  const kindOf = useSubjectKind();
  return <Cut text={kind === 'subject' ? kindOf(subject ?? '') : t(`kind.${kind}`)} />;
}

/** Where something can be done about it: its handover, a new one, or the things of whoever left. */
function Act({ leftover: { kind, id, why, userid, handover_id, departure_id } }: { leftover: Leftover }) {
  const { t } = useTranslation('handoverDesk');
  const may = useCan('handovers:manage');
  if (handover_id !== null)
    return (
      <LinkButton {...small} to={handoverPath(handover_id)}>
        {t('toPlan')}
      </LinkButton>
    );
  if (kind === 'subject') {
    if (departure_id === null) return <span className={styles.quiet}>–</span>;
    return (
      <LinkButton {...small} to={`${departurePath(departure_id)}?tab=subjects`}>
        {t('toSubjects')}
      </LinkButton>
    );
  }
  if (!may || why !== 'no_handover') return <span className={styles.quiet}>–</span>;
  const chosen = kind === 'group_chat' ? { groups: [id] } : { contacts: [id] };
  return (
    <LinkButton {...small} {...newHandover({ from: userid, ...chosen })}>
      {t('handOver')}
    </LinkButton>
  );
}

const small = { size: 'small' } as const;
