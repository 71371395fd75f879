import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ReplyFigures } from '../../../api/reply-quality';
import { Tile } from '../../../components/tile';
import { percentText } from '../../../lib/percent';
import styles from '../risk.module.css';
import { Wait } from '../wait';

/** All of them together, in figures with what they mean. */
export function Totals({ total, target }: { total: ReplyFigures; target: number }) {
  const { t } = useTranslation('replyQuality');
  const { questions, answered, within_target, out_of_hours, unanswered_at_end } = total;
  return (
    <div className={styles.figures}>
      <Tile label={t('median')} value={<Seconds seconds={total.first_reply_seconds.p50} />} note={t('workingTime')} />
      <Tile label={t('p90')} value={<Seconds seconds={total.first_reply_seconds.p90} />} note={t('p90Note')} />
      <Tile
        label={t('within', { target })}
        value={percentText(within_target, questions)}
        note={t('withinOf', { within: within_target.toLocaleString(), questions: questions.toLocaleString() })}
      />
      <Tile
        label={t('answered')}
        value={answered.toLocaleString()}
        note={t('answeredOf', { questions: questions.toLocaleString() })}
      />
      <Tile label={t('outOfHours')} value={out_of_hours.toLocaleString()} note={t('outOfHoursNote')} />
      <Tile
        label={t('unansweredAtEnd')}
        value={unanswered_at_end.toLocaleString()}
        note={<Link to="?tab=unanswered">{t('tab.unanswered')}</Link>}
      />
    </div>
  );
}

/** A dash where nobody was answered. */
export function Seconds({ seconds }: { seconds: number | null }) {
  return seconds === null ? '–' : <Wait minutes={seconds / 60} />;
}
