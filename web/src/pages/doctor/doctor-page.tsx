import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type DoctorReport, useCan } from '../../api';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { PageHeader } from '../../components/page-header';
import { Panel } from '../../components/panel';
import { StateTag } from '../../components/state-tag';
import { AgeText } from '../../components/time-text';
import { CheckRow, tones } from './check-row';
import styles from './doctor.module.css';
import { EgressPanel } from './egress-panel';
import { useExamination, useReport } from './report';

const areas = ['settings', 'wecom', 'callbacks', 'archive', 'server'] as const;
const levels = ['fail', 'warn', 'ok', 'skipped'] as const;

/** What is wrong with the installation, why, and what to click. */
export function DoctorPage() {
  const { t } = useTranslation('doctor');
  const { data, error, refetch } = useReport();
  const again = useExamination();
  const mayExamine = useCan('settings:test');
  const actions = mayExamine && (
    <Button type="primary" loading={again.isPending} onClick={() => again.mutate({})}>
      {t('again')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} note={data && <CheckedAt report={data} />} actions={actions} />
      {(error || again.error) && <FaultNote error={error ?? again.error} onRetry={() => void refetch()} small />}
      {!data && !error && (
        <Panel>
          <p className={styles.quiet}>{t('looking')}</p>
          <Loading rows={8} />
        </Panel>
      )}
      {data && (
        <div className={styles.page} aria-busy={again.isPending}>
          <Summary report={data} />
          {areas.map((area) => (
            <Area key={area} area={area} checks={data.checks.filter((check) => check.area === area)} />
          ))}
          <EgressPanel egress={data.egress} />
        </div>
      )}
    </>
  );
}

function CheckedAt({ report }: { report: DoctorReport }) {
  const { t } = useTranslation('doctor');
  return (
    <span>
      {t('checkedAt')} <AgeText at={report.checked_at} />
    </span>
  );
}

function Summary({ report: { checks } }: { report: DoctorReport }) {
  const { t } = useTranslation('doctor');
  const count = (level: string) => checks.filter((check) => check.level === level).length;
  return (
    <div className={styles.summary} role="status">
      {levels
        .filter((level) => count(level) > 0)
        .map((level) => (
          <StateTag key={level} tone={tones[level]}>
            {t(`count.${level}`, { count: count(level) })}
          </StateTag>
        ))}
    </div>
  );
}

function Area({ area, checks }: { area: (typeof areas)[number]; checks: DoctorReport['checks'] }) {
  const { t } = useTranslation('doctor');
  if (checks.length === 0) return null;
  const sorted = [...checks].sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
  return (
    <Panel title={t(`area.${area}`)}>
      <ul>
        {sorted.map((check) => (
          <CheckRow key={check.key} check={check} />
        ))}
      </ul>
    </Panel>
  );
}
