import { useTranslation } from 'react-i18next';
import type { Deletions } from '../../../api/security-records';
import { Tile } from '../../../components/tile';
import { percentText } from '../../../lib/percent';
import styles from '../risk.module.css';

/** Deletions of contacts, as the log and the callbacks tell them: what one of them lacks was lost on the way. */
export function LostCallbacks({ deletions }: { deletions: Deletions }) {
  const { t } = useTranslation('securityRecords');
  const { told, missed, unmatched, events, without_line } = deletions;
  return (
    <div className={styles.figures}>
      <Tile
        label={t('lossRate')}
        value={percentText(missed, told + missed)}
        note={t('lossRateOf', { missed: missed.toLocaleString(), all: (told + missed).toLocaleString() })}
      />
      <Tile label={t('told')} value={told.toLocaleString()} note={t('toldNote')} />
      <Tile label={t('missed')} value={missed.toLocaleString()} note={t('missedNote')} />
      <Tile label={t('unmatched')} value={unmatched.toLocaleString()} note={t('unmatchedNote')} />
      <Tile
        label={t('withoutLine')}
        value={without_line.toLocaleString()}
        note={t('withoutLineOf', { events: events.toLocaleString() })}
      />
    </div>
  );
}
