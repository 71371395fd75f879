import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Overview } from '../../api';
import { Panel } from '../../components/panel';
import styles from './overview.module.css';

/** How much of WeCom we hold. */
export function CountsTile({ counts }: { counts: Overview['counts'] }) {
  const { t } = useTranslation('overview');
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
      </ul>
    </Panel>
  );
}

function Count(props: { to: string; label: string; count: number; note?: ReactNode }) {
  const { to, label, count, note } = props;
  return (
    <li>
      <Link to={to}>{label}</Link>
      {note && <span className={styles.note}>{note}</span>}
      <b>{count.toLocaleString()}</b>
    </li>
  );
}
