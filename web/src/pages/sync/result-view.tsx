import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Run } from '../../api';
import { JsonView } from '../../components/json-view';
import { sizeText } from '../../lib/size';
import { type Counts, countNames, type RunResult, readFigures, readResult } from './result';
import styles from './sync.module.css';

/** What a run amounted to, in one line: what did not happen is left out. */
export function ResultSummary({ run }: { run: Run }) {
  const { t } = useTranslation('sync');
  const otherOf = useOtherSummary();
  const result = readResult(run.result);
  if (!result) return <>{otherOf(run) ?? '–'}</>;
  const words = countNames
    .filter((name) => name === 'seen' || (result.total[name] ?? 0) > 0)
    .map((name) => t(`summary.${name}`, { count: result.total[name] ?? 0 }));
  return <span title={words.join(' · ')}>{words.join(' · ')}</span>;
}

/** What a run that reads nothing from WeCom amounted to. */
function useOtherSummary(): (run: Run) => string | undefined {
  const { t } = useTranslation('sync');
  return ({ kind, result }) => {
    const { rows, size = 0, sealed, checked, fault_count: faults = 0 } = readFigures(result);
    if (rows !== undefined && kind === 'backup') return t('summary.backup', { count: rows, size: sizeText(size) });
    if (sealed !== undefined) return t('summary.sealed', { count: sealed });
    if (checked === undefined) return undefined;
    return faults > 0 ? t('summary.faults', { count: faults }) : t('summary.sound', { count: checked });
  };
}

/** The counts part by part, and the way to the differences. */
export function ResultView({ run }: { run: Run }) {
  const { t } = useTranslation('sync');
  const result = readResult(run.result);
  if (!result && run.result) return <Other run={run} />;
  if (!result) return <p className={styles.quiet}>{t('noResult')}</p>;
  const { added = 0, changed = 0, vanished = 0, unknown = 0 } = result.total;
  const count = Object.values(result.differences ?? {}).reduce((sum, n) => sum + n, 0);
  return (
    <div className={styles.result}>
      <CountTable result={result} />
      {added + changed + vanished + unknown === 0 && <p className={styles.quiet}>{t('unchanged')}</p>}
      {vanished > 0 && <p className={styles.quiet}>{t('vanishedHint')}</p>}
      {unknown > 0 && <p className={styles.quiet}>{t('unknownHint')}</p>}
      {result.differences && count > 0 && (
        <p>
          <Link to={`/sync?tab=differences&run=${encodeURIComponent(run.id)}`}>{t('runDifferences', { count })}</Link>
        </p>
      )}
    </div>
  );
}

function Other({ run }: { run: Run }) {
  const otherOf = useOtherSummary();
  const summary = otherOf(run);
  return (
    <div className={styles.result}>
      {summary && <p>{summary}</p>}
      <JsonView value={run.result} />
    </div>
  );
}

function CountTable({ result }: { result: RunResult }) {
  const { t } = useTranslation('sync');
  const { t: ts, i18n } = useTranslation('states');
  const partName = (name: string): string => {
    if (name === 'leavers') return ts('phase.leavers');
    return i18n.exists(`scope.${name}`, { ns: 'states' }) ? ts(`scope.${name}` as 'scope.all') : name;
  };
  return (
    <table className={styles.counts}>
      <thead>
        <tr>
          <th scope="col">{t('part')}</th>
          {countNames.map((name) => (
            <th key={name} scope="col">
              {t(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {result.parts.map(({ name, counts }) => (
          <CountRow key={name} name={partName(name)} counts={counts} />
        ))}
        {result.parts.length !== 1 && <CountRow name={t('total')} counts={result.total} strong />}
      </tbody>
    </table>
  );
}

function CountRow({ name, counts, strong }: { name: string; counts: Counts; strong?: boolean }) {
  return (
    <tr className={strong ? styles.total : undefined}>
      <th scope="row">{name}</th>
      {countNames.map((count) => (
        <td key={count} className={counts[count] ? undefined : styles.quiet}>
          {(counts[count] ?? 0).toLocaleString()}
        </td>
      ))}
    </tr>
  );
}
