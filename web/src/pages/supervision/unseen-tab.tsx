import { App, Button } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type ArchiveSupervision, api, invalidate, isActive, noteRun } from '../../api';
import { FaultNote, useFaultText } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Panel } from '../../components/panel';
import { Person } from '../../components/person';
import { StateTag } from '../../components/state-tag';
import { Tile } from '../../components/tile';
import { AgeText } from '../../components/time-text';
import { groupChatPath, staffPath } from '../../lib/paths';
import styles from './supervision.module.css';

type Group = ArchiveSupervision['groups_unarchived']['first'][number];

/** What the archive cannot see: it is told before somebody takes its silence for proof. */
export function UnseenTab() {
  const { data, error, refetch } = api.useQuery('get', '/archive/supervision');
  if (data) return <Unseen found={data} />;
  return <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={10} />}</Panel>;
}

function Unseen({ found }: { found: ArchiveSupervision }) {
  const { t } = useTranslation('supervision');
  const { unarchived_staff, groups_without_compliance, groups_unarchived } = found;
  return (
    <div className={styles.stack}>
      <Seats found={found} />
      <div className={styles.thirds}>
        <Found
          title={t('unarchivedStaff')}
          hint={t('unarchivedStaffHint')}
          some={unarchived_staff}
          none={t('allSeated')}
        >
          {unarchived_staff.first.map(({ userid, name }) => (
            <li key={userid} className={styles.entry}>
              <Person id={userid} name={name} size={20} to={staffPath(userid)} />
            </li>
          ))}
        </Found>
        <Found
          title={t('groupsUnwatched')}
          hint={t('groupsUnwatchedHint')}
          some={groups_without_compliance}
          none={t('allWatched')}
        >
          <Groups groups={groups_without_compliance.first} />
        </Found>
        <Found
          title={t('groupsUnarchived')}
          hint={t('groupsUnarchivedHint')}
          some={groups_unarchived}
          none={t('allArchived')}
        >
          <Groups groups={groups_unarchived.first} />
        </Found>
      </div>
    </div>
  );
}

function Seats({ found: { seats, consent } }: { found: ArchiveSupervision }) {
  const { t } = useTranslation('supervision');
  const { agreed, disagreed, unknown, never_asked } = consent;
  return (
    <Panel title={t('seatsAndConsent')} extra={<AskNow />}>
      <div className={styles.tiles}>
        <Tile
          label={t('seats')}
          value={seats.held.toLocaleString()}
          note={
            <>
              {seats.checked_at && t('checked')} <AgeText at={seats.checked_at} none={t('neverChecked')} />
            </>
          }
        />
        <Tile label={t('agreed')} value={agreed.toLocaleString()} note={t('agreedHint')} />
        <Tile
          label={t('disagreed')}
          value={<Link to="?tab=consent&state=disagreed">{disagreed.toLocaleString()}</Link>}
          note={t('disagreedHint')}
        />
        <Tile
          label={t('unclear')}
          value={<Link to="?tab=consent&state=unknown">{unknown.toLocaleString()}</Link>}
          note={t('unclearHint')}
        />
        <Tile label={t('neverAsked')} value={never_asked.toLocaleString()} note={t('neverAskedHint')} />
      </div>
    </Panel>
  );
}

const polls = { params: { query: { kind: 'archive-consent', limit: 1 } } };

/** WeCom is asked by schedule; whoever just changed seats there need not wait for it. */
function AskNow() {
  const { t } = useTranslation('supervision');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const { data } = api.useQuery('get', '/runs', polls, {
    refetchInterval: ({ state }) => (state.data?.items.some(isActive) ? 1_000 : false),
  });
  const running = data?.items.find(isActive)?.state;
  // What came of it is read once it is over.
  useEffect(() => (running ? () => invalidate('/archive/supervision', '/archive/consent') : undefined), [running]);
  const ask = api.useMutation('post', '/archive/consent-runs', {
    onSuccess(run) {
      noteRun(run);
      invalidate('/runs');
    },
    onError: (error: unknown) => void message.error(textOf(error)),
  });
  return (
    <Button loading={ask.isPending || running !== undefined} onClick={() => ask.mutate({ body: {} })}>
      {t('askNow')}
    </Button>
  );
}

interface FoundProps {
  title: string;
  hint: string;
  some: { count: number; first: unknown[] };
  none: string;
  children: ReactNode;
}

function Found({ title, hint, some: { count, first }, none, children }: FoundProps) {
  const { t } = useTranslation('supervision');
  return (
    <Panel title={title} extra={count > 0 ? <StateTag tone="person">{count.toLocaleString()}</StateTag> : undefined}>
      <p className={styles.quiet}>{hint}</p>
      {count === 0 && <StateTag tone="proved">{none}</StateTag>}
      {count > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard.
        <ul className={styles.entries} tabIndex={0} aria-label={title}>
          {children}
        </ul>
      )}
      {count > first.length && <p className={styles.quiet}>{t('first', { shown: first.length })}</p>}
    </Panel>
  );
}

function Groups({ groups }: { groups: Group[] }) {
  const { t } = useTranslation('supervision');
  return groups.map(({ chat_id, name, owner, owner_name }) => (
    <li key={chat_id} className={styles.entry}>
      <Link className={styles.group} to={groupChatPath(chat_id)} title={name}>
        <bdi>{name || t('unnamedGroup')}</bdi>
      </Link>
      <span className={styles.owner}>{t('owner', { name: owner_name ?? owner })}</span>
    </li>
  ));
}
