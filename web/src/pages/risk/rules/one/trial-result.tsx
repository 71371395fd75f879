import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type RuleDefinition, type RuleDryRun, useCan } from '../../../../api';
import { StaffName } from '../../../../components/names';
import { Note } from '../../../../components/note';
import { Tile } from '../../../../components/tile';
import { detailOf, textOf } from '../../../../lib/detail';
import { conversationPath } from '../../../../lib/paths';
import { percentText } from '../../../../lib/percent';
import { daysBetween, shanghaiDay } from '../../figures';
import { wholeDays } from '../rule-words';
import styles from '../rules.module.css';
import { DayColumns } from './day-columns';

type Result = NonNullable<RuleDryRun['result']>;

interface Props {
  result: Result;
  /** Of the run: from when to when it looked. */
  params: unknown;
  definition: RuleDefinition;
}

/** More staff than this are only counted. */
const mostNamed = 10;

/** What a rule would have found, before anybody is told of anything. */
export function TrialResult({ result, params, definition }: Props) {
  const { t } = useTranslation('rules');
  const { looked_at, found, fuzzy, by_day } = result;
  const { from, to } = detailOf(params);
  const days = daysBetween(shanghaiDay(new Date(textOf(from))), shanghaiDay(new Date(textOf(to))));
  return (
    <div aria-live="polite">
      <div className={styles.tiles}>
        <Tile
          label={t('found')}
          value={found.toLocaleString()}
          note={t('aDay', { rate: rateText(found / Math.max(1, days.length)) })}
        />
        <Tile
          label={t('fuzzyShare')}
          value={found === 0 ? '–' : percentText(fuzzy, found)}
          note={t('fuzzyOf', { fuzzy: fuzzy.toLocaleString() })}
        />
      </div>
      <p className={styles.quiet}>{t('lookedAt', { count: looked_at })}</p>
      {found === 0 ? (
        <Note small>{t('nothingFound')}</Note>
      ) : (
        <>
          <h3 className={styles.heading}>{t('byDay')}</h3>
          <DayColumns columns={wholeDays(by_day, days)} />
          <ByMatcher counts={result.by_matcher} definition={definition} />
          <ByStaff counts={result.by_staff} />
          <Examples examples={result.examples} />
        </>
      )}
    </div>
  );
}

/** What is there is never rounded away. */
const rateText = (rate: number): string => (rate > 0 && rate < 0.1 ? '<0.1' : rate.toFixed(1));

function ByMatcher({ counts, definition }: { counts: number[]; definition: RuleDefinition }) {
  const { t } = useTranslation('rules');
  return (
    <>
      <h3 className={styles.heading}>{t('byMatcher')}</h3>
      <ol className={styles.lines}>
        {definition.matchers.map(({ kind }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a matcher has no identity but its place.
          <li key={place}>
            <span>
              {place + 1}. {t(`kindOf.${kind}`)}
            </span>
            <span>{(counts[place] ?? 0).toLocaleString()}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

function ByStaff({ counts }: { counts: Result['by_staff'] }) {
  const { t } = useTranslation('rules');
  return (
    <>
      <h3 className={styles.heading}>{t('byStaff')}</h3>
      <p className={styles.quiet}>{t('byStaffHint')}</p>
      {counts.length === 0 && <p>{t('noStaff')}</p>}
      <ol className={styles.lines}>
        {counts.slice(0, mostNamed).map(({ userid, found }) => (
          <li key={userid}>
            <StaffName userid={userid} />
            <span>{found.toLocaleString()}</span>
          </li>
        ))}
      </ol>
      {counts.length > mostNamed && (
        <p className={styles.quiet}>{t('otherStaff', { count: counts.length - mostNamed })}</p>
      )}
    </>
  );
}

function Examples({ examples }: { examples: Result['examples'] }) {
  const { t } = useTranslation('rules');
  const mayRead = useCan('archive:read');
  if (examples.length === 0) return null;
  return (
    <>
      <h3 className={styles.heading}>{t('examples')}</h3>
      <p className={styles.quiet}>{t(mayRead ? 'examplesHint' : 'examplesUnseen')}</p>
      {mayRead && (
        <ol className={styles.examples}>
          {examples.map(({ message_id, conversation_id }, place) => (
            <li key={message_id}>
              <Link to={conversationPath(conversation_id, message_id)}>{t('example', { count: place + 1 })}</Link>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
