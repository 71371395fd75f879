import { useTranslation } from 'react-i18next';
import { type ArchiveStatus, api } from '../../api';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Panel } from '../../components/panel';
import { Tile } from '../../components/tile';
import { AgeText, TimeText } from '../../components/time-text';
import { durationText } from '../../lib/time';
import { useWord } from '../../lib/use-word';
import styles from './archive.module.css';
import { CauseBanner } from './cause-banner';

const everyMs = 10_000;

/** Whether messages come in, how far behind they are, and what could not be opened or fetched. */
export function StatusTab() {
  const { data, error, refetch } = api.useQuery('get', '/archive/status', {}, { refetchInterval: everyMs });
  if (data) return <Status status={data} />;
  return <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={8} />}</Panel>;
}

function Status({ status }: { status: ArchiveStatus }) {
  const { t } = useTranslation('archive');
  return (
    <div className={styles.stack}>
      <CauseBanner status={status} />
      <Panel title={t('flow')}>
        <div className={styles.tiles}>
          <Flow status={status} />
        </div>
      </Panel>
      <div className={styles.halves}>
        <Panel title={t('ledger')}>
          <Ledger status={status} />
        </Panel>
        <Panel title={t('files')}>
          <Figures figures={fileFigures(status)} area="file" />
          <p className={styles.quiet}>{t('filesHint')}</p>
        </Panel>
      </div>
    </div>
  );
}

function Flow({ status }: { status: ArchiveStatus }) {
  const { t } = useTranslation('archive');
  const { lag_seconds, caught_up, messages_per_second, newest_message_at, last_answer_at, last_pull } = status;
  const lag = lag_seconds === null ? t('neverAsked') : durationText(lag_seconds * 1_000);
  const speed = messages_per_second === null ? '' : t('speed', { count: Math.round(messages_per_second) });
  return (
    <>
      <Tile label={t('lag')} value={lag} note={caught_up ? t('caughtUp') : speed || t('catchingUp')} />
      <Tile
        label={t('newest')}
        value={<TimeText at={newest_message_at} />}
        note={newest_message_at && <AgeText at={newest_message_at} />}
      />
      <Tile
        label={t('answered')}
        value={<AgeText at={last_answer_at} none={t('neverAsked')} />}
        note={last_pull && t('lastPull', { count: last_pull.returned, ms: last_pull.ms })}
      />
      <Tile label={t('cursor')} value={<code>{status.cursor_seq}</code>} note={t('cursorHint')} />
    </>
  );
}

/** Received = opened + parked + not looked into: whatever came is somewhere. */
function Ledger({ status }: { status: ArchiveStatus }) {
  const { t } = useTranslation('archive');
  const { received, stored, unopened, parked } = status;
  return (
    <>
      <Figures figures={{ received, stored, unopened, parked: parked.count }} area="ledgerOf" />
      {parked.count > 0 && (
        <>
          <h3 className={styles.heading}>{t('parkedBy')}</h3>
          <Figures figures={parked.by_reason} area="reason" />
        </>
      )}
    </>
  );
}

const fileFigures = ({ media: { stored, pending, expired, failed } }: ArchiveStatus) => ({
  ...{ stored, pending, expired, failed },
});

interface FiguresProps {
  figures: Readonly<Record<string, number>>;
  /** Where in the texts the words of the figures stand. */
  area: 'file' | 'ledgerOf' | 'reason';
}

function Figures({ figures, area }: FiguresProps) {
  const wordOf = useWord('archive');
  return (
    <dl className={styles.figures}>
      {Object.entries(figures).map(([key, count]) => (
        <div key={key} className={styles.figure}>
          <dt>{wordOf(`${area}.${key}`) ?? key}</dt>
          <dd>{count.toLocaleString()}</dd>
        </div>
      ))}
    </dl>
  );
}
