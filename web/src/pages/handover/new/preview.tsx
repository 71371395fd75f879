import { LoadingOutlined } from '@ant-design/icons';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Handover, HandoverItem } from '../../../api/handovers';
import { Cut } from '../../../components/cut';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { Note } from '../../../components/note';
import { Person } from '../../../components/person';
import { LoadBar, mostOf } from '../parts/load-bar';
import { Subject } from '../parts/subject';
import { useContactsAnd } from '../parts/use-counts';
import { usePlanWords } from '../parts/use-plan-words';
import { WarningList } from '../parts/warning-list';
import type { Missing } from './draft';
import styles from './new.module.css';

/** As many as are read before one would rather save the plan and look there. */
const mostShown = 40;

interface Props {
  missing: Missing | undefined;
  preview: UseQueryResult<Handover>;
  /** Something was changed since it was asked. */
  isLate: boolean;
}

/** What the plan would do, as the server reckons it. What was reckoned before stays, dimmed, while it is done anew. */
export function Preview({ missing, preview: { data, error, refetch, isFetching, isPlaceholderData }, isLate }: Props) {
  const { t } = useTranslation('handoverPlans');
  const missingWords = { givers: t('previewGivers'), takers: t('previewTakers'), pick: t('previewPick') } as const;
  if (missing) return <Note title={missingWords[missing]}>{t('previewNothing')}</Note>;
  if (error && !isLate) return <FaultNote error={error} onRetry={() => void refetch()} small />;
  if (!data) return <Loading rows={8} />;
  const isOld = isLate || isPlaceholderData;
  return (
    <div className={isOld ? styles.old : undefined} aria-busy={isOld || isFetching}>
      <Sum plan={data} isOld={isOld} />
      <h3 className={styles.heading}>{t('byTaker')}</h3>
      <Shares plan={data} />
      <h3 className={styles.heading}>{t('warnings')}</h3>
      <WarningList byWarning={data.summary.by_warning} />
      <First items={data.items} total={data.summary.total} />
    </div>
  );
}

function Sum({ plan: { summary }, isOld }: { plan: Handover; isOld: boolean }) {
  const { t } = useTranslation('handoverPlans');
  const sumOf = useContactsAnd();
  const { external_contacts, group_chats, without_successor } = summary;
  return (
    <div className={styles.sum} aria-live="polite">
      <strong>{sumOf(external_contacts, group_chats)}</strong>
      <span className={without_successor > 0 ? styles.person : styles.quiet}>
        {without_successor > 0 ? t('previewWithout', { count: without_successor }) : t('previewAll')}
      </span>
      {isOld && (
        <span className={styles.working}>
          <LoadingOutlined aria-hidden /> {t('previewing')}
        </span>
      )}
    </div>
  );
}

function Shares({ plan: { summary } }: { plan: Handover }) {
  const { t } = useTranslation('handoverPlans');
  const most = mostOf(summary.by_successor);
  if (summary.by_successor.length === 0) return <p className={styles.quiet}>{t('nobody')}</p>;
  return (
    <ul className={styles.shares}>
      {summary.by_successor.map((taker) => (
        <li key={taker.userid} className={styles.share}>
          <span className={styles.shareHead}>
            <Person id={taker.userid} name={taker.name} size={20} />
            <span className={styles.shareCount}>
              {t('contacts', { count: taker.external_contacts })} · {t('groups', { count: taker.group_chats })}
            </span>
          </span>
          <LoadBar taker={taker} most={most} />
        </li>
      ))}
    </ul>
  );
}

function First({ items, total }: { items: HandoverItem[]; total: number }) {
  const { t } = useTranslation('handoverPlans');
  const shown = items.slice(0, mostShown);
  return (
    <>
      <h3 className={styles.heading}>{t('firstItems')}</h3>
      <p className={styles.quiet}>{t('firstItemsHint', { total: total.toLocaleString(), shown: shown.length })}</p>
      <ul className={styles.items}>
        {shown.map((item) => (
          <li key={`${item.from_userid} ${item.external_userid ?? item.chat_id}`} className={styles.item}>
            <Subject item={item} />
            <Fate item={item} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Who gets it and why; under it what to mind. */
function Fate({ item: { to_userid, to_name, because, warnings } }: { item: HandoverItem }) {
  const { t } = useTranslation('handoverPlans');
  const words = usePlanWords();
  return (
    <span className={styles.fate}>
      <span className={styles.fateLine}>
        {to_userid === null ? (
          <span className={styles.person}>{t('nobody')}</span>
        ) : (
          <>
            → <Cut text={to_name || to_userid} />
          </>
        )}
        <span className={styles.why}>{words.because(because)}</span>
      </span>
      {warnings.length > 0 && <span className={styles.person}>{warnings.map(words.warning).join(' · ')}</span>}
    </span>
  );
}
