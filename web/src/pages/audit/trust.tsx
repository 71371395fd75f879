import { LockOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AuditStatus } from '../../api';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Panel } from '../../components/panel';
import { StateTag } from '../../components/state-tag';
import { AgeText } from '../../components/time-text';
import { useWord } from '../../lib/use-word';
import styles from './audit.module.css';
import { useAuditStatus } from './use-audit-status';
import { useFaultName } from './words';

/** How far the trail can be trusted: sealed, signed, anchored, verified. */
export function Trust() {
  const { data, error, refetch } = useAuditStatus();
  if (data) return <Known status={data} />;
  return (
    <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} small /> : <Loading rows={2} />}</Panel>
  );
}

function Known({ status }: { status: AuditStatus }) {
  const { t } = useTranslation('audit');
  const { links, pending, last_checkpoint: checkpoint, last_anchor: anchor, last_verification: last } = status;
  return (
    <Panel className={styles.trust}>
      <div className={styles.tiles}>
        <Tile label={t('verification')}>
          <Verdict last={last} />
        </Tile>
        <Tile label={t('links')}>
          <strong>{links.toLocaleString()}</strong>
          <span className={styles.quiet}>{pending > 0 ? t('pending', { count: pending }) : t('nonePending')}</span>
        </Tile>
        <Tile label={t('checkpoint')}>
          <Signed signed={checkpoint} />
        </Tile>
        <Tile label={t('anchor')}>
          <Signed signed={anchor} />
        </Tile>
      </div>
      {status.anchors_on_same_disk && <p className={styles.advice}>{t('sameDisk')}</p>}
      {status.witnesses_behind.length > 0 && <Behind names={status.witnesses_behind} />}
      {last && !last.ok && <Faults last={last} />}
    </Panel>
  );
}

function Behind({ names }: { names: string[] }) {
  const { t } = useTranslation('audit');
  const wordOf = useWord('audit');
  return (
    <p className={styles.advice}>
      {t('behind', { names: names.map((name) => wordOf(`witness.${name}`) ?? name).join(', ') })}
    </p>
  );
}

const Tile = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className={styles.tile}>
    <div className={styles.quiet}>{label}</div>
    <div className={styles.value}>{children}</div>
  </div>
);

function Signed({ signed }: { signed: AuditStatus['last_checkpoint'] }) {
  const { t } = useTranslation('audit');
  const { t: tc } = useTranslation();
  if (!signed) return <span>{tc('never')}</span>;
  return (
    <>
      <AgeText at={signed.made_at} />
      <span className={styles.quiet}>{t('upTo', { n: signed.n.toLocaleString() })}</span>
    </>
  );
}

function Verdict({ last }: { last: AuditStatus['last_verification'] }) {
  const { t } = useTranslation('audit');
  const { t: tc } = useTranslation();
  if (!last) return <span>{tc('never')}</span>;
  return (
    <>
      {last.ok ? (
        <StateTag tone="proved" icon={<LockOutlined />}>
          {t('sound')}
        </StateTag>
      ) : (
        <StateTag tone="lost">{t('broken', { count: last.fault_count })}</StateTag>
      )}
      <span className={styles.quiet}>
        <AgeText at={last.at} /> · {t(`scope.${last.scope}`, { count: last.checked })}
      </span>
    </>
  );
}

/** The first faults, each with the way to the row it names. */
function Faults({ last }: { last: NonNullable<AuditStatus['last_verification']> }) {
  const { t } = useTranslation('audit');
  const nameOf = useFaultName();
  return (
    <div className={styles.faults} role="alert">
      <h3 className={styles.heading}>{t('faults')}</h3>
      <ul>
        {last.faults.map(({ kind, n, stream, row_id, detail }) => (
          <li key={`${kind} ${n} ${stream} ${row_id} ${detail}`}>
            {nameOf(kind)}
            {n !== undefined && <span className={styles.quiet}> · {t('link', { n })}</span>}
            {stream === 'audit' && row_id !== undefined && (
              <>
                {' · '}
                <Link to={`?open=${row_id}`}>{t('row', { id: row_id })}</Link>
              </>
            )}
            {detail && <span className={styles.quiet}> · {detail}</span>}
          </li>
        ))}
      </ul>
      {last.fault_count > last.faults.length && (
        <p className={styles.quiet}>{t('more', { count: last.fault_count })}</p>
      )}
      <p className={styles.quiet}>{t('brokenHint')}</p>
    </div>
  );
}
