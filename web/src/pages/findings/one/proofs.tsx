import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCan } from '../../../api';
import type { OpenedFinding } from '../../../api/findings';
import { CopyButton } from '../../../components/copy-button';
import { GroupChatName } from '../../../components/names';
import { PersonLink } from '../../../components/person-link';
import { Sentence } from '../../../components/sentence';
import { TimeText } from '../../../components/time-text';
import { groupChatPath } from '../../../lib/paths';
import { useWord } from '../../../lib/use-word';
import { ContactLink } from '../contact-link';
import styles from '../findings.module.css';
import { useToldWords } from './told-words';
import { wayTo } from './way-to';

export type Proof = OpenedFinding['evidence'][number] & Partial<OpenedFinding['supports'][number]>;
export type Told = NonNullable<Proof['told']>;

/** What each record tells, where it stands written, and the hash of what stood there when it was found. */
export function Proofs({ proofs }: { proofs: readonly Proof[] }) {
  const { t } = useTranslation('findings');
  if (proofs.length === 0) return <p className={styles.quiet}>{t('noEvidence')}</p>;
  return (
    <ol className={styles.proofs}>
      {proofs.map((proof) => (
        <li key={`${proof.source} ${proof.ref}`} className={styles.proof}>
          <Tells proof={proof} />
          <Stands proof={proof} />
        </li>
      ))}
    </ol>
  );
}

function Tells({ proof: { source, ref, told } }: { proof: Proof }) {
  const { t } = useTranslation('findings');
  const wordsOf = useToldWords();
  const way = useWay({ source, ref, told });
  if (!told) return <div className={styles.quiet}>{t('toldNothing')}</div>;
  const { at, what, userid } = told;
  const words = wordsOf(source, what);
  const isNamed = userid !== null && words.includes('<who/>');
  return (
    <div className={styles.proofHead}>
      <TimeText at={at} />
      <strong>
        <Sentence text={words} parts={{ who: isNamed && <PersonLink id={userid} /> }} />
      </strong>
      <Whom told={isNamed ? { ...told, userid: null } : told} />
      {way && (
        <Link className={styles.way} to={way}>
          {t('openProof')}
        </Link>
      )}
    </div>
  );
}

function useWay(proof: Pick<Proof, 'source' | 'ref' | 'told'>): string | undefined {
  const may = {
    ...{ message: useCan('archive:read'), spot_check: useCan('spot_checks:run') },
    record: useCan('security_records:read'),
  };
  return wayTo(proof, may);
}

/** Whom it concerns, each leading to their page. */
function Whom({ told: { userid, external_userid, chat_id } }: { told: Told }) {
  return (
    <>
      {userid !== null && <PersonLink id={userid} />}
      {external_userid !== null && <ContactLink id={external_userid} />}
      {chat_id !== null && (
        <Link to={groupChatPath(chat_id)}>
          <GroupChatName chatId={chat_id} />
        </Link>
      )}
    </>
  );
}

/** For whoever holds it against the evidence log. */
function Stands({ proof: { source, ref, hash, at } }: { proof: Proof }) {
  const { t } = useTranslation('findings');
  const wordOf = useWord('findings');
  return (
    <div className={styles.stands}>
      <span>
        {wordOf(`sourceOf.${source}`) ?? source} · {t('ref', { ref })}
      </span>
      <span className={styles.hash}>
        {t('hash')} <code title={hash}>{hash.slice(0, 16)}…</code>
        <CopyButton text={hash} label={t('copyHash')} />
      </span>
      {at && (
        <span>
          {t('toldLater')} <TimeText at={at} />
        </span>
      )}
    </div>
  );
}
