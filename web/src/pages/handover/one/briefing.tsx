import { ProfileOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type HandoverBriefing, useBriefing } from '../../../api/handovers';
import { CopyButton } from '../../../components/copy-button';
import { Facts } from '../../../components/facts';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { TimeText } from '../../../components/time-text';
import { findingPath } from '../../../lib/paths';
import { useDetectorName } from '../../findings/finding-words';
import styles from './one.module.css';

/** What a successor should know. Each look is recorded: it is shown when somebody asks. */
export function Briefing({ path }: { path: { id: string; item_id: number } }) {
  const { t } = useTranslation('handoverPlans');
  const [isWanted, setWanted] = useState(false);
  if (isWanted) return <Opened path={path} />;
  return (
    <p>
      <Button icon={<ProfileOutlined />} onClick={() => setWanted(true)}>
        {t('briefing')}
      </Button>{' '}
      <span className={styles.quiet}>{t('briefingHint')}</span>
    </p>
  );
}

function Opened({ path }: { path: { id: string; item_id: number } }) {
  const { t } = useTranslation('handoverPlans');
  const { data, error, refetch } = useBriefing(path);
  return (
    <section aria-label={t('briefing')}>
      <h3 className={styles.heading}>{t('briefing')}</h3>
      {data && <Told briefing={data} />}
      {!data && (error ? <FaultNote error={error} onRetry={() => void refetch()} small /> : <Loading rows={5} />)}
    </section>
  );
}

function Told({ briefing }: { briefing: HandoverBriefing }) {
  const { t } = useTranslation('handoverPlans');
  const { t: tc } = useTranslation();
  const listOf = (names: readonly (string | null)[]) => names.filter(Boolean).join(tc('listSeparator'));
  const { talks, open_findings, corp_name, remark, description, tags, known_since, served_by, group_chats } = briefing;
  return (
    <>
      <Facts
        items={[
          { label: t('briefCompany'), value: corp_name },
          { label: t('fieldOf.remark'), value: remark },
          { label: t('fieldOf.description'), value: description },
          { label: t('briefTags'), value: listOf(tags.map(({ name }) => name)) },
          { label: t('briefSince'), value: <TimeText at={known_since} /> },
          { label: t('briefServed'), value: listOf(served_by.map(({ name, userid }) => name || userid)) },
          { label: t('groupsField'), value: listOf(group_chats.map(({ name }) => name || t('nameless'))) },
          { label: t('briefTalks'), value: talks && <Talks talks={talks} /> },
          ...(open_findings?.length ? [{ label: t('briefFindings'), value: <Findings all={open_findings} /> }] : []),
        ]}
      />
      <FirstMessage briefing={briefing} />
    </>
  );
}

function Talks({ talks: { messages, last_at, unanswered } }: { talks: NonNullable<HandoverBriefing['talks']> }) {
  const { t } = useTranslation('handoverPlans');
  return (
    <>
      {t('briefMessages', { count: messages })} · {t('briefLast')} <TimeText at={last_at} />
      {unanswered && (
        <div className={styles.person}>
          {t('briefUnanswered', { count: unanswered.messages })} <TimeText at={unanswered.since} />
        </div>
      )}
    </>
  );
}

function Findings({ all }: { all: NonNullable<HandoverBriefing['open_findings']> }) {
  const nameOf = useDetectorName();
  return (
    <ul className={styles.plain}>
      {all.map(({ id, detector, occurred_at }) => (
        <li key={id}>
          <Link to={findingPath(String(id))}>{nameOf(detector)}</Link> <TimeText at={occurred_at} />
        </li>
      ))}
    </ul>
  );
}

/** Only a suggestion: nobody sends it but the successor. */
function FirstMessage({ briefing: { first_message } }: { briefing: HandoverBriefing }) {
  const { t, i18n } = useTranslation('handoverPlans');
  if (!first_message) return null;
  const text = first_message[i18n.language === 'en' ? 'en' : 'zh-CN'];
  return (
    <p className={styles.suggestion}>
      <span className={styles.quiet}>{t('briefFirst')}</span> {text} <CopyButton text={text} />
    </p>
  );
}
