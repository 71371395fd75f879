import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { Departure } from '../../../api/departures';
import { useNow } from '../../../lib/use-now';
import styles from '../handover.module.css';
import { type Stand, standOf } from './standing';

const shown = ['overdue', 'left', 'planned'] as const satisfies readonly Stand[];
const tones: Partial<Record<Stand, string | undefined>> = { overdue: styles.lost, left: styles.person };

/** How many are late, just gone, and going; each leads to those. And all that waits of theirs together. */
export function Tiles({ departures }: { departures: readonly Departure[] }) {
  const { t } = useTranslation('handoverDesk');
  const [params] = useSearchParams();
  const now = useNow();
  const marked = departures.map((departure) => ({ departure, stand: standOf(departure, now) }));
  const counted = marked.filter(({ stand }) => stand !== 'expired').map(({ departure }) => departure.counts);
  const sum = (of: (counts: Departure['counts']) => number) => counted.reduce((all, counts) => all + of(counts), 0);
  return (
    <ul className={styles.tiles}>
      {shown.map((stand) => {
        const count = marked.filter((one) => one.stand === stand).length;
        return (
          <li key={stand}>
            <Link
              className={styles.tile}
              to={`?stand=${stand}`}
              aria-current={params.get('stand') === stand ? 'true' : undefined}
            >
              <span>{t(`tile.${stand}`)}</span>
              <span className={`${styles.figure} ${count === 0 ? styles.zero : tones[stand]}`}>
                {count.toLocaleString()}
              </span>
              <span className={styles.quiet}>{t(`tileNote.${stand}`)}</span>
            </Link>
          </li>
        );
      })}
      <li>
        <div className={styles.tile}>
          <span>{t('tile.waiting')}</span>
          <span className={styles.figure}>
            {sum(({ external_contacts }) => external_contacts.movable).toLocaleString()}
          </span>
          <span className={styles.quiet}>
            {t('tileNote.waiting', {
              groups: sum(({ group_chats }) => group_chats.owned).toLocaleString(),
              subjects: sum(({ subjects }) => subjects).toLocaleString(),
            })}
          </span>
        </div>
      </li>
    </ul>
  );
}
