import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, type ItemOf, listOf } from '../../api';
import { Cut } from '../../components/cut';
import { ExternalPerson } from '../../components/external-person';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Note } from '../../components/note';
import { Person } from '../../components/person';
import { chatFilter, contactFilter, type QueryColumn, QueryTable, staffFilter } from '../../components/query-table';
import { StateTag } from '../../components/state-tag';
import { AgeText, TimeText } from '../../components/time-text';
import { groupChatPath } from '../../lib/paths';
import styles from './supervision.module.css';

type Consent = ItemOf<'/archive/consent'>;

const source = listOf('/archive/consent');
const tones = { agreed: 'proved', disagreed: 'person', unknown: 'neutral' } as const;
const states = ['disagreed', 'unknown', 'agreed'] as const;

/** Who agreed to being archived in which conversation, and who did not. */
export function ConsentTab() {
  const { t } = useTranslation('supervision');
  return (
    <QueryTable
      id="archive-consent"
      source={source}
      rowKey={(consent: Consent) => keyOf(consent)}
      tabs={{
        kind: 'choice',
        key: 'state',
        label: t('consent'),
        options: states.map((value) => ({ value, label: t(`consentOf.${value}`) })),
      }}
      filters={[
        staffFilter('userid', t('member')),
        contactFilter('external_userid', t('external')),
        chatFilter('chat_id', t('group')),
      ]}
      columns={useColumns()}
      drawer={{
        width: 520,
        title: (_, consent) => consent?.external_name ?? t('history'),
        content: (key) => <History key={key} externalUserid={externalIn(key)} />,
      }}
      empty={{ title: t('noConsent'), hint: t('noConsentHint') }}
    />
  );
}

/** One person may be asked in many conversations. The person comes last, for their id is what the drawer needs. */
const keyOf = ({ userid, chat_id, external_userid }: Pick<Consent, 'userid' | 'chat_id' | 'external_userid'>): string =>
  [userid ?? '', chat_id ?? '', external_userid].join(' ');
const externalIn = (key: string): string => key.split(' ').at(-1) ?? '';

function useColumns(): QueryColumn<Consent>[] {
  const { t } = useTranslation('supervision');
  return [
    {
      key: 'external',
      title: t('external'),
      width: 240,
      render: ({ external_userid, external_name }) => (
        <ExternalPerson contact={{ external_userid, name: external_name }} size={20} />
      ),
    },
    { key: 'where', title: t('where'), render: (consent) => <Where consent={consent} /> },
    { key: 'status', title: t('consent'), width: 130, render: ({ status }) => <ConsentTag status={status} /> },
    { key: 'changed_at', title: t('changedAt'), width: 140, render: ({ changed_at }) => <TimeText at={changed_at} /> },
    { key: 'source', title: t('source'), width: 140, render: ({ source: from }) => t(`sourceOf.${from}`) },
    { key: 'checked_at', title: t('checkedAt'), width: 130, render: ({ checked_at }) => <AgeText at={checked_at} /> },
  ];
}

/** Consent is given to one member of staff in a single chat, or in a group. */
function Where({ consent: { userid, name, chat_id, chat_name } }: { consent: Consent }) {
  const { t } = useTranslation('supervision');
  if (userid) return <Person id={userid} name={name} size={20} detail={t('single')} />;
  if (!chat_id) return '–';
  return (
    <Link to={groupChatPath(chat_id)} onClick={(event) => event.stopPropagation()}>
      <Cut text={chat_name || t('unnamedGroup')} />
    </Link>
  );
}

function ConsentTag({ status }: { status: Consent['status'] }) {
  const { t } = useTranslation('supervision');
  return <StateTag tone={tones[status]}>{t(`consentOf.${status}`)}</StateTag>;
}

/** Every change, newest first: a consent that was taken back stays visible. */
function History({ externalUserid }: { externalUserid: string }) {
  const { t } = useTranslation('supervision');
  const query = { params: { query: { external_userid: externalUserid } } };
  const { data, error, refetch } = api.useQuery('get', '/archive/consent-history', query);
  if (!data) return error ? <FaultNote error={error} onRetry={() => void refetch()} small /> : <Loading rows={6} />;
  if (data.items.length === 0) return <Note small>{t('noHistory')}</Note>;
  return (
    <ol>
      {data.items.map((entry) => (
        <li key={`${keyOf(entry)} ${entry.recorded_at}`} className={styles.change}>
          <ConsentTag status={entry.status} />
          <div className={styles.changeWords}>
            <div>{entry.userid ? `${t('single')} · ${entry.userid}` : `${t('group')} · ${entry.chat_id}`}</div>
            <div className={styles.quiet}>
              <TimeText at={entry.changed_at ?? entry.recorded_at} /> · {t(`sourceOf.${entry.source}`)}
            </div>
          </div>
        </li>
      ))}
    </ol>
  );
}
