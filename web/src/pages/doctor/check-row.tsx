import { useTranslation } from 'react-i18next';
import type { DoctorReport } from '../../api';
import { CopyButton } from '../../components/copy-button';
import { StateTag, type Tone } from '../../components/state-tag';
import { exactTime } from '../../lib/time';
import styles from './doctor.module.css';

type Check = DoctorReport['checks'][number];

export const tones: Record<Check['level'], Tone> = { ok: 'proved', warn: 'person', fail: 'lost', skipped: 'neutral' };

/** The server writes instants in UTC; people read them in their own zone. */
const withLocalTimes = (text: string): string => text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (at) => exactTime(at));

/** One check: what was found, what to do, and what to paste there. */
export function CheckRow({ check }: { check: Check }) {
  const { t, i18n } = useTranslation('doctor');
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const { level, title, cause, action, errcode, copy } = check;
  const wrong = level === 'warn' || level === 'fail';
  return (
    <li className={styles.check}>
      <span className={styles.level}>
        <StateTag tone={tones[level]}>{t(`level.${level}`)}</StateTag>
      </span>
      <span className={styles.title}>{title[language]}</span>
      <div className={styles.found}>
        <span className={wrong ? undefined : styles.quiet}>
          {withLocalTimes(cause[language])}
          {errcode !== null && !cause.en.includes(String(errcode)) && <> ({errcode})</>}
        </span>
        {wrong && action && <p className={styles.action}>{action[language]}</p>}
        {wrong && copy.length > 0 && <CopyList texts={copy} />}
      </div>
    </li>
  );
}

function CopyList({ texts }: { texts: string[] }) {
  return (
    <ul className={styles.copies}>
      {texts.map((text) => (
        <li key={text}>
          <code>{text}</code>
          <CopyButton text={text} />
        </li>
      ))}
    </ul>
  );
}
