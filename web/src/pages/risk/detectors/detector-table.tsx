import { Table, type TableColumnType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Detector } from '../../../api/risk';
import { AgeText } from '../../../components/time-text';
import { percentText } from '../../../lib/percent';
import { useDetectorName } from '../../findings/finding-words';
import { useReason } from '../coverage';
import styles from '../risk.module.css';

/** One line a detector, in the order of the catalogue. */
export function DetectorTable({ detectors }: { detectors: Detector[] }) {
  return (
    <Table<Detector>
      className={styles.table ?? ''}
      size="small"
      tableLayout="fixed"
      scroll={{ x: 1_180 }}
      sticky={{ offsetHeader: 48 }}
      rowKey="detector"
      dataSource={detectors}
      columns={useColumns()}
      pagination={false}
    />
  );
}

function useColumns(): TableColumnType<Detector>[] {
  const { t } = useTranslation('risk');
  const figure = (key: 'confirmed' | 'cleared', title: string): TableColumnType<Detector> => ({
    ...{ key, title, align: 'right', width: 104 },
    render: (_, detector) => <Count detector={detector} count={detector[key]} state={key} />,
  });
  return [
    { key: 'detector', title: t('what'), render: (_, detector) => <Name detector={detector} /> },
    { key: 'by', title: t('listens'), width: 120, render: (_, { by }) => t(`by.${by}`) },
    { key: 'last_run_at', title: t('lastRun'), width: 100, render: (_, detector) => <LastRun detector={detector} /> },
    {
      ...{ key: 'looked_at', title: t('lookedAt'), align: 'right', width: 116 },
      render: (_, { by, looked_at }) => (runs(by) ? looked_at.toLocaleString() : '–'),
    },
    { key: 'unseen', title: t('couldNotSee'), width: 150, render: (_, { unseen }) => <Unseen unseen={unseen} /> },
    {
      ...{ key: 'found', title: t('found'), align: 'right', width: 72 },
      render: (_, detector) => <Count detector={detector} count={detector.found} />,
    },
    {
      ...{ key: 'open', title: t('openCount'), align: 'right', width: 120 },
      render: (_, { open }) => open.toLocaleString(),
    },
    figure('confirmed', t('confirmed')),
    figure('cleared', t('cleared')),
    { key: 'rate', title: t('falseRate'), width: 140, render: (_, detector) => <FalseRate detector={detector} /> },
  ];
}

/** What hears events or takes reports judges at once: it has no runs. */
const runs = (by: Detector['by']): boolean => by === 'messages' || by === 'comparison';

function Name({ detector: { detector, fault } }: { detector: Detector }) {
  const { t } = useTranslation('risk');
  const nameOf = useDetectorName();
  return (
    <>
      <span title={detector}>{nameOf(detector)}</span>
      {fault !== null && <div className={styles.fault}>{t('fault', { fault })}</div>}
    </>
  );
}

function LastRun({ detector: { by, last_run_at } }: { detector: Detector }) {
  const { t } = useTranslation('risk');
  if (last_run_at !== null) return <AgeText at={last_run_at} />;
  return <span title={t(`lastRunOf.${by}`)}>–</span>;
}

function Unseen({ unseen }: Pick<Detector, 'unseen'>) {
  const reasonOf = useReason('reason');
  const reasons = Object.entries(unseen).filter(([, n]) => n > 0);
  if (reasons.length === 0) return '–';
  return reasons.map(([reason, n]) => <div key={reason}>{reasonOf(reason, n)}</div>);
}

function Count({ detector: { detector }, count, state }: { detector: Detector; count: number; state?: string }) {
  if (count === 0) return '0';
  const filters = new URLSearchParams({ detector, ...(state ? { state } : {}) });
  return <Link to={`/findings?${filters}`}>{count.toLocaleString()}</Link>;
}

/** Of what was decided. */
function FalseRate({ detector: { confirmed, cleared, false_positives } }: { detector: Detector }) {
  const { t } = useTranslation('risk');
  const settled = confirmed + cleared;
  if (settled === 0) return <span className={styles.quiet}>{t('undecided')}</span>;
  return (
    <span className={styles.rate} title={t('falseRateHint', { wrong: false_positives, settled })}>
      <span className={styles.meter} aria-hidden>
        <span style={{ width: `${(false_positives / settled) * 100}%` }} />
      </span>
      {percentText(false_positives, settled)}
    </span>
  );
}
