import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { HeldContact } from '../../../api/departures';
import { StaffName } from '../../../components/names';
import { StateTag, type Tone } from '../../../components/state-tag';
import { handoverPath } from '../../../lib/paths';
import { useWord } from '../../../lib/use-word';
import styles from '../handover.module.css';

const tones: Readonly<Record<string, Tone>> = {
  planned: 'neutral',
  submitted: 'active',
  unknown: 'circumstantial',
  waiting: 'active',
  taken_over: 'proved',
  refused: 'lost',
  over_limit: 'lost',
  failed: 'lost',
};

/** How the handover of one thing stands and to whom it goes; leads to it. */
export function HandoverState({ handover }: { handover: HeldContact['handover'] }) {
  const { t } = useTranslation('handoverDesk');
  const wordOf = useWord('handoverDesk');
  if (!handover) return <span className={styles.quiet}>{t('noHandover')}</span>;
  const { state, to, handover_id } = handover;
  return (
    <Link to={handoverPath(handover_id)} className={styles.handover} onClick={(event) => event.stopPropagation()}>
      <StateTag tone={tones[state] ?? 'neutral'}>{wordOf(`item.${state}`) ?? t('item.other')}</StateTag>
      {to && (
        <span className={styles.words}>
          → <StaffName userid={to} />
        </span>
      )}
    </Link>
  );
}

/** Why WeCom would not move it; that it can be moved. */
export function Movable({ why }: { why: HeldContact['why_not'] }) {
  const { t } = useTranslation('handoverDesk');
  if (why === null) return <StateTag tone="proved">{t('movable')}</StateTag>;
  return (
    <StateTag tone={why === 'under_way' ? 'active' : 'neutral'} title={t(`whyNotHint.${why}`)}>
      {t(`whyNot.${why}`)}
    </StateTag>
  );
}
