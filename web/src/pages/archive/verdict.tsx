import { useTranslation } from 'react-i18next';
import { type ArchiveVerdict, api, type Run } from '../../api';
import { Cut } from '../../components/cut';
import { Facts } from '../../components/facts';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Note } from '../../components/note';
import { StateTag } from '../../components/state-tag';
import { detailOf } from '../../lib/detail';
import { useWord } from '../../lib/use-word';
import styles from './archive.module.css';

/** What a verification found, in one sign. */
export function Verdict({ run: { result, error } }: { run: Pick<Run, 'result' | 'error'> }) {
  const { t } = useTranslation('archive');
  const { ok, fault_count } = detailOf(result);
  if (error) return <Cut text={error} />;
  if (ok === true) return <StateTag tone="proved">{t('intact')}</StateTag>;
  return ok === false ? <StateTag tone="lost">{t('broken', { count: Number(fault_count) })}</StateTag> : '–';
}

/** What was read again, and every bad row by name. */
export function VerdictDetail({ id }: { id: string }) {
  const { t } = useTranslation('archive');
  const {
    data: run,
    error,
    refetch,
  } = api.useQuery('get', '/archive/verifications/{id}', { params: { path: { id } } });
  if (!run) return error ? <FaultNote error={error} onRetry={() => void refetch()} small /> : <Loading rows={6} />;
  if (!run.result) return <Note small>{run.error ?? t('noResult')}</Note>;
  const { checked, faults, fault_count, scope } = run.result;
  return (
    <div className={styles.stack}>
      <div>
        <Verdict run={run} />
      </div>
      <Facts
        items={[
          { label: t('scope'), value: t(`scopeOf.${scope}`) },
          ...Object.entries(checked).map(([what, count]) => ({
            label: t(`checked.${what as keyof ArchiveVerdict['checked']}`),
            value: count.toLocaleString(),
          })),
        ]}
      />
      {faults.length > 0 && <BadRows faults={faults} count={fault_count} />}
    </div>
  );
}

function BadRows({ faults, count }: { faults: ArchiveVerdict['faults']; count: number }) {
  const { t } = useTranslation('archive');
  const wordOf = useWord('archive');
  return (
    <section>
      <h3 className={styles.heading}>{t('badRows', { count })}</h3>
      <ul className={styles.faults}>
        {faults.map(({ kind, table, id, detail }) => (
          <li key={`${kind} ${table} ${id} ${detail}`}>
            {wordOf(`faultKind.${kind}`) ?? kind} ·{' '}
            <code>
              {table} {id}
            </code>
            {detail && <div className={styles.quiet}>{detail}</div>}
          </li>
        ))}
      </ul>
      <p className={styles.quiet}>{t('brokenHint')}</p>
    </section>
  );
}
