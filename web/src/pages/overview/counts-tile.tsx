import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Overview, useCan } from '../../api';
import { openDepartures } from '../../api/departures';
import { Panel } from '../../components/panel';
import { useNow } from '../../lib/use-now';
import { standOf } from '../handover/departures/standing';
import styles from './overview.module.css';

/** How much of WeCom we hold. */
export function CountsTile({ counts }: { counts: Overview['counts'] }) {
  const { t } = useTranslation('overview');
  const seesHandovers = useCan('handovers:read');
  const left = counts.departed_staff > 0 && (
    <Link to="/staff?departed=true" className={styles.quiet}>
      {t('departedStaff', { count: counts.departed_staff })}
    </Link>
  );
  return (
    <Panel title={t('counts')} className={styles.counts}>
      <ul className={styles.countList}>
        <Count to="/external-contacts" label={t('externalContacts')} count={counts.external_contacts} />
        <Count to="/group-chats" label={t('groupChats')} count={counts.group_chats} />
        <Count to="/corp-tags" label={t('corpTags')} count={counts.corp_tags} />
        <Count to="/staff" label={t('staff')} count={counts.staff} note={left} />
        <Count to="/staff" label={t('departments')} count={counts.departments} />
        {seesHandovers && <Leavers />}
      </ul>
    </Panel>
  );
}

function Count(props: { to: string; label: string; count: number | undefined; note?: ReactNode }) {
  const { to, label, count, note } = props;
  return (
    <li>
      <Link to={to}>{label}</Link>
      {note && <span className={styles.note}>{note}</span>}
      <b>{count?.toLocaleString() ?? '…'}</b>
    </li>
  );
}

/** Who left while something of theirs waits for somebody else. */
function Leavers() {
  const { t } = useTranslation('overview');
  const now = useNow();
  const { data, error } = useQuery({ ...openDepartures, staleTime: 60_000 });
  if (error) return null;
  const stands = data?.map((departure) => standOf(departure, now)) ?? [];
  const overdue = stands.filter((stand) => stand === 'overdue').length;
  const late = overdue > 0 && (
    <Link to="/handover/departures?stand=overdue" className={styles.person}>
      {t('overdueLeavers', { count: overdue })}
    </Link>
  );
  const waiting = overdue + stands.filter((stand) => stand === 'left').length;
  return <Count to="/handover/departures" label={t('waitingLeavers')} count={data && waiting} note={late} />;
}
