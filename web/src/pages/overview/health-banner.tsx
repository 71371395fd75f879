import { CheckCircleFilled, CloseCircleFilled, ExclamationCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../api';
import { Cut } from '../../components/cut';
import { StateTag } from '../../components/state-tag';
import styles from './overview.module.css';

type Check = Overview['health']['checks'][number];

const lights = {
  ok: { icon: <CheckCircleFilled />, style: styles.proved },
  degraded: { icon: <ExclamationCircleFilled />, style: styles.person },
  down: { icon: <CloseCircleFilled />, style: styles.lost },
};

/** The traffic light, with the sentence that says what it means. */
export function HealthBanner({ overview }: { overview: Overview }) {
  const { t } = useTranslation('overview');
  const { t: ts } = useTranslation('shell');
  const { level, checks } = overview.health;
  const wrong = checks.filter((check) => check.level !== 'ok');
  const count = wrong.filter((check) => check.level === level).length;
  return (
    <section className={`${styles.banner} ${lights[level].style}`} role="status">
      <span className={styles.light} aria-hidden>
        {lights[level].icon}
      </span>
      <strong className={styles.sentence}>{t(level, { count })}</strong>
      <div className={styles.checks}>
        {wrong.length > 0 ? wrong.map((check) => <Wrong key={check.name} check={check} />) : <Fine checks={checks} />}
      </div>
      {overview.mode === 'sandbox' && (
        <StateTag tone="neutral" title={ts('sandboxHint')}>
          {ts('sandbox')}
        </StateTag>
      )}
    </section>
  );
}

function Wrong({ check }: { check: Check }) {
  const nameOf = useCheckName();
  return (
    <span className={styles[check.level === 'down' ? 'lost' : 'person']}>
      <Cut text={`${nameOf(check.name)} · ${check.detail}`} />
    </span>
  );
}

function Fine({ checks }: { checks: Check[] }) {
  const { t: tc } = useTranslation();
  const nameOf = useCheckName();
  if (checks.length === 0) return null;
  const names = checks.map(({ name }) => nameOf(name)).join(tc('listSeparator'));
  return (
    <span className={styles.quiet}>
      <Cut text={names} />
    </span>
  );
}

function useCheckName(): (name: string) => string {
  const { i18n } = useTranslation('overview');
  return (name) => {
    const key = `check.${name}`;
    return i18n.exists(key, { ns: 'overview' }) ? i18n.t(key as 'check.database', { ns: 'overview' }) : name;
  };
}
