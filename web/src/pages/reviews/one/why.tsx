import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { OpenedReview, ReviewStep } from '../../../api';
import { Facts } from '../../../components/facts';
import { PersonLink } from '../../../components/person-link';
import { TimeText } from '../../../components/time-text';
import { reviewPath } from '../../../lib/paths';
import { useWord } from '../../../lib/use-word';
import styles from '../reviews.module.css';
import type { FoundWords } from './use-found-words';

/** Why the item is here, whom it concerns, and what became of it so far. */
export function Why({ review, found }: { review: OpenedReview; found: FoundWords }) {
  const { t } = useTranslation('reviews');
  const { queue, reason, rechecks, subjects, created_by, created_at, tags, message_id } = review;
  const words = found.listed(message_id);
  return (
    <section className={styles.section}>
      <h2 className={styles.title}>{t('whyTitle')}</h2>
      <Facts
        items={[
          { label: t('queueTitle'), value: t(`queueHint.${queue}`) },
          ...(reason ? [{ label: t('reason'), value: reason }] : []),
          ...(words.length > 0 ? [{ label: t('words'), value: <Words words={words} /> }] : []),
          ...(rechecks ? [{ label: t('rechecks'), value: <Link to={reviewPath(rechecks)}>{t('first')}</Link> }] : []),
          { label: t('concerns'), value: subjects.length > 0 && <Subjects subjects={subjects} /> },
          { label: t('by'), value: created_by.actor === 'system' ? t('system') : created_by.name },
          { label: t('created'), value: <TimeText at={created_at} /> },
          ...(tags.length > 0 ? [{ label: t('tags'), value: tags.join(' · ') }] : []),
        ]}
      />
      <h2 className={styles.title}>{t('history')}</h2>
      <Steps steps={review.steps} />
    </section>
  );
}

function Words({ words }: { words: ReturnType<FoundWords['listed']> }) {
  const { t } = useTranslation('reviews');
  return (
    <ul>
      {words.map(({ list, word }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a word may be found twice; the order never changes.
        <li key={place}>
          {word ? <mark className={styles.word}>{word}</mark> : t('wordChanged')}{' '}
          <span className={styles.quiet}>{list}</span>
        </li>
      ))}
    </ul>
  );
}

const Subjects = ({ subjects }: { subjects: string[] }) => (
  <ul>
    {subjects.map((userid) => (
      <li key={userid}>
        <PersonLink id={userid} />
      </li>
    ))}
  </ul>
);

/** Openings are many and say little: only the last of each stretch is listed. */
const told = (steps: readonly ReviewStep[]) =>
  steps.filter(({ act }, place) => act !== 'opened' || steps[place + 1]?.act !== 'opened');

function Steps({ steps }: { steps: readonly ReviewStep[] }) {
  const { t } = useTranslation('reviews');
  const wordOf = useWord('reviews');
  return (
    <ol className={styles.steps}>
      {told(steps).map(({ act, state, by, at, comment, tags }) => (
        <li key={`${at} ${act}`}>
          <div>
            {by.actor === 'system' ? t('system') : by.name} {wordOf(`act.${act}`) ?? act}
            {(act === 'decided' || act === 'escalated') && <strong> {t(`state.${state}`)}</strong>}
            <span className={styles.quiet}>
              {' '}
              <TimeText at={at} />
            </span>
          </div>
          {comment && <div className={styles.comment}>{comment}</div>}
          {tags.length > 0 && <div className={styles.quiet}>{tags.join(' · ')}</div>}
        </li>
      ))}
    </ol>
  );
}
