import { useTranslation } from 'react-i18next';
import { onceOnly } from '../api/query-client';
import { api, type HandoverBriefing } from '../api/sidebar';
import { TimeText } from '../components/time-text';
import { shortTime } from '../lib/time';
import { usePreferences } from '../preferences';
import { CopyButton } from './copy-button';
import { Avatar, Card, Facts, PartFailed, Waiting } from './parts';

/** What whoever took a customer over has to know of the time before. To look may be recorded, so it is asked for once. */
export function BriefingPage({ id }: { id: string }) {
  const { t } = useTranslation('sidebar');
  const params = { path: { external_userid: id } };
  const found = api.useQuery('get', '/external-contacts/{external_userid}/briefing', { params }, onceOnly);
  if (found.isPending) return <Waiting />;
  if (!found.data) return <PartFailed error={found.error} onRetry={() => void found.refetch()} />;
  const { giver, known_since, handover, talks, served_by } = found.data;
  return (
    <>
      <h1 className="page-title">{t('briefing.title')}</h1>
      <Card>
        <Facts
          items={[
            {
              name: t('briefing.giver'),
              value: (
                <>
                  <bdi>{giver.name ?? giver.userid}</bdi>
                  {giver.departed_at && <span className="quiet"> · {t('briefing.left')}</span>}
                </>
              ),
            },
            { name: t('briefing.knownSince'), value: known_since && <TimeText at={known_since} /> },
            { name: t('briefing.settled'), value: handover.settled_at && <TimeText at={handover.settled_at} /> },
            { name: t('briefing.talks'), value: <Talks talks={talks} /> },
          ]}
        />
      </Card>
      <FirstMessage message={found.data.first_message} />
      <Card title={t('briefing.servedBy')}>
        <ol className="rows">
          {served_by.map(({ userid, name, started_at, ended_at }) => (
            <li key={`${userid} ${started_at}`} className="row">
              <Avatar id={userid} name={name ?? userid} />
              <div className="row-words">
                <bdi>{name ?? userid}</bdi>
                <span className="quiet">
                  <TimeText at={started_at} /> – {ended_at && <TimeText at={ended_at} />}
                </span>
              </div>
            </li>
          ))}
        </ol>
      </Card>
    </>
  );
}

function Talks({ talks }: Pick<HandoverBriefing, 'talks'>) {
  const { t } = useTranslation('sidebar');
  if (!talks) return <span className="quiet">{t('briefing.noTalks')}</span>;
  return (
    <>
      {t('briefing.talksCount', { count: talks.messages, at: shortTime(talks.last_at, new Date()).text })}
      {talks.unanswered && <p className="waits">{t('briefing.unanswered', { count: talks.unanswered.messages })}</p>}
    </>
  );
}

function FirstMessage({ message }: { message: HandoverBriefing['first_message'] }) {
  const { t } = useTranslation('sidebar');
  const language = usePreferences((preferences) => preferences.language);
  if (!message) return null;
  return (
    <Card title={t('briefing.first')}>
      <blockquote className="message">{message[language]}</blockquote>
      <p className="quiet">{t('briefing.firstHint')}</p>
      <CopyButton text={message[language]} name={t('briefing.copy')} done={t('briefing.copied')} />
    </Card>
  );
}
