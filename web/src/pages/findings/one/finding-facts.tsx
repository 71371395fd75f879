import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Finding } from '../../../api/findings';
import { Facts } from '../../../components/facts';
import { GroupChatName } from '../../../components/names';
import { PersonLink } from '../../../components/person-link';
import { TimeText } from '../../../components/time-text';
import { groupChatPath } from '../../../lib/paths';
import { ContactLink } from '../contact-link';
import { EvidenceLevelTag, levelOf } from '../finding-tags';
import { useDetectorName } from '../finding-words';
import styles from '../findings.module.css';
import { useFeatures } from '../use-features';

/** What is known, and how far that goes. */
export function FindingFacts({ finding }: { finding: Finding }) {
  const { t } = useTranslation('findings');
  const nameOf = useDetectorName();
  const featuresOf = useFeatures();
  const { detector, version, userid, external_userid, chat_id, features } = finding;
  return (
    <>
      <p className={styles.means}>
        <EvidenceLevelTag finding={finding} /> {t(`levelMeans.${levelOf(finding)}`)}
      </p>
      <Facts
        items={[
          { label: t('what'), value: nameOf(detector) },
          ...(userid === null ? [] : [{ label: t('staff'), value: <PersonLink id={userid} /> }]),
          ...(external_userid === null ? [] : [{ label: t('contact'), value: <ContactLink id={external_userid} /> }]),
          ...(chat_id === null ? [] : [{ label: t('chat'), value: <Chat id={chat_id} /> }]),
          { label: t('occurred'), value: <TimeText at={finding.occurred_at} /> },
          { label: t('detected'), value: <TimeText at={finding.detected_at} /> },
          ...featuresOf(features),
          { label: t('rule'), value: t('ruleVersion', { code: detector, version }) },
        ]}
      />
    </>
  );
}

const Chat = ({ id }: { id: string }) => (
  <Link to={groupChatPath(id)}>
    <GroupChatName chatId={id} />
  </Link>
);
