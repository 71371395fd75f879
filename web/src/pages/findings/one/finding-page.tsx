import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useCan } from '../../../api';
import { type OpenedFinding, useOpenedFinding } from '../../../api/findings';
import { externalContactPath } from '../../../components/external-person';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { PageHeader } from '../../../components/page-header';
import { Panel } from '../../../components/panel';
import { TimeText } from '../../../components/time-text';
import { personRiskPath } from '../../../lib/paths';
import { FindingStateTag, SeverityTag } from '../finding-tags';
import { useDetectorName } from '../finding-words';
import styles from '../findings.module.css';
import { WhatHappened } from '../what-happened';
import { DecisionForm } from './decision-form';
import { Evidence } from './evidence';
import { FindingFacts } from './finding-facts';
import { HandOn, isOfCustomer } from './hand-on';
import { Proofs } from './proofs';
import { Steps } from './steps';

/** One finding: what happened, what it rests on, and what people made of it. */
export function FindingPage() {
  const { id = '' } = useParams();
  return <Opened key={id} id={id} />;
}

function Opened({ id }: { id: string }) {
  const { t } = useTranslation('findings');
  const { data, error, refetch } = useOpenedFinding(id);
  if (data) return <Known finding={data} onReload={() => void refetch()} />;
  return (
    <>
      <PageHeader title={t('one')} />
      <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={12} />}</Panel>
    </>
  );
}

function Known({ finding, onReload }: { finding: OpenedFinding; onReload(): void }) {
  const { t } = useTranslation('findings');
  const mayDecide = useCan('findings:decide');
  const nameOf = useDetectorName();
  const { detector, severity, state, occurred_at, userid, external_userid, case_version } = finding;
  return (
    <>
      <PageHeader
        title={nameOf(detector)}
        heading={
          <span className={styles.heading}>
            <WhatHappened finding={finding} />
          </span>
        }
        note={
          <span className={styles.tags}>
            <SeverityTag severity={severity} /> <FindingStateTag state={state} /> <TimeText at={occurred_at} />
          </span>
        }
        actions={
          <span className={styles.links}>
            {userid !== null && <Link to={personRiskPath(userid)}>{t('toPerson')}</Link>}
            {external_userid !== null && <Link to={externalContactPath(external_userid)}>{t('toContact')}</Link>}
          </span>
        }
      />
      <div className={styles.page}>
        <div className={styles.column}>
          <Panel title={t('facts')}>
            <FindingFacts finding={finding} />
          </Panel>
          <Evidence finding={finding} />
          <Panel title={t('evidence')}>
            <Proofs proofs={finding.evidence} />
          </Panel>
          {finding.supports.length > 0 && (
            <Panel title={t('supports')}>
              <p className={styles.means}>{t('supportsHint')}</p>
              <Proofs proofs={finding.supports} />
            </Panel>
          )}
        </div>
        <div className={styles.column}>
          {mayDecide && (
            <Panel title={t('decision')}>
              {/* After every step the form starts anew: other acts may follow. */}
              <DecisionForm key={case_version} finding={finding} onReload={onReload} />
            </Panel>
          )}
          <Panel title={t('history')}>
            <Steps finding={finding} />
          </Panel>
          {isOfCustomer(finding) && <HandOn finding={finding} />}
        </div>
      </div>
    </>
  );
}
