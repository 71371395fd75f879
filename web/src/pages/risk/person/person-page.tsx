import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { type PersonRiskProfile, usePersonRisk } from '../../../api/risk';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { Note } from '../../../components/note';
import { PageHeader } from '../../../components/page-header';
import { Panel } from '../../../components/panel';
import { Person } from '../../../components/person';
import { Tile } from '../../../components/tile';
import { staffPath } from '../../../lib/paths';
import { shanghaiDay, weeksThrough } from '../figures';
import styles from '../risk.module.css';
import { SeverityColumns } from '../severity-columns';
import { ByDetector } from './by-detector';

/** How one of the staff stands: week by week, by what it was, and how their customers came and went. */
export function PersonPage() {
  const { userid = '' } = useParams();
  return <Opened key={userid} userid={userid} />;
}

function Opened({ userid }: { userid: string }) {
  const { t } = useTranslation('risk');
  const { data, error, refetch } = usePersonRisk(userid);
  if (data) return <Known profile={data} />;
  return (
    <>
      <PageHeader title={t('people')} />
      <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={10} />}</Panel>
    </>
  );
}

function Known({ profile }: { profile: PersonRiskProfile }) {
  const { t } = useTranslation('risk');
  const { userid, name, by_week, by_detector, relations } = profile;
  const weeks = weeksThrough(by_week, shanghaiDay(new Date()));
  return (
    <>
      <PageHeader
        title={name ?? userid}
        heading={<Person id={userid} name={name} size={32} />}
        note={t('personNote')}
        actions={
          <span className={styles.links}>
            <Link to={staffPath(userid)}>{t('toStaff')}</Link>
            <Link to={`/findings?userid=${encodeURIComponent(userid)}`}>{t('seeFindings')}</Link>
          </span>
        }
      />
      <div className={styles.stack}>
        <Panel title={t('weeks')} extra={<span className={styles.quiet}>{t('weeksNote')}</span>}>
          {by_week.length === 0 && <Note small>{t('nothing')}</Note>}
          {by_week.length > 0 && (
            <SeverityColumns
              columns={weeks.map(({ week, by }) => ({ day: week, by }))}
              label={t('weeks')}
              unit={t('week')}
            />
          )}
        </Panel>
        <div className={styles.halves}>
          <Panel title={t('byDetector')} extra={<span className={styles.quiet}>{t('byDetectorNote')}</span>} flush>
            {by_detector.length === 0 ? (
              <Note small>{t('nothing')}</Note>
            ) : (
              <ByDetector userid={userid} lines={by_detector} />
            )}
          </Panel>
          <Panel title={t('relations')}>
            <div className={styles.figures}>
              <Tile label={t('living')} value={relations.living.toLocaleString()} />
              <Tile label={t('added')} value={relations.added.toLocaleString()} note={t('in90Days')} />
              <Tile label={t('deleted')} value={relations.deleted.toLocaleString()} note={t('in90Days')} />
              <Tile label={t('lost')} value={relations.lost.toLocaleString()} note={t('lostHint')} />
            </div>
          </Panel>
        </div>
      </div>
    </>
  );
}
