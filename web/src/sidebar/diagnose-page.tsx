import { Button } from 'antd-mobile';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { exactTime } from '../lib/time';
import { CopyButton } from './copy-button';
import { Icon } from './icons';
import { openAnew, type Step, type Taken, useJourney } from './journey';
import { Card, Facts } from './parts';

const steps: readonly Step[] = [
  'client',
  'session',
  'signature',
  'sdk',
  'config',
  'agent_config',
  'entry',
  'subject',
  'person',
];

/** Every step from opening the page to the customer: how it went, how long it took; to be copied for whoever helps. */
export function DiagnosePage() {
  const { t } = useTranslation('sidebar');
  const { taken, entry } = useJourney();
  const missing = steps.filter((step) => !taken.some((one) => one.step === step));
  const address = window.location.origin + window.location.pathname;
  const text = [
    `${address} · ${entry || '-'}`,
    navigator.userAgent,
    ...taken.map((one) =>
      [exactTime(one.at), one.step, one.state, one.code, one.message, `${one.ms ?? 0} ms`].filter(Boolean).join(' '),
    ),
  ].join('\n');
  return (
    <main className="page">
      <h1 className="page-title">{t('diagnosis.title')}</h1>
      <p className="quiet lead">{t('diagnosis.intro')}</p>
      <Card>
        <ol className="steps">
          {taken.map((one, i) => (
            // A step may be gone twice, and none ever changes its place.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <StepRow key={i} taken={one} />
          ))}
          {missing.map((step) => (
            <li key={step} className="step">
              <span className="step-mark" />
              <div className="step-words">
                <span className="quiet">{t(`diagnosis.step.${step}`)}</span>
                <span className="quiet">{t('diagnosis.result.waiting')}</span>
              </div>
            </li>
          ))}
        </ol>
      </Card>
      <Card>
        <Facts
          items={[
            { name: t('diagnosis.entry'), value: entry && <code>{entry}</code> },
            { name: t('diagnosis.address'), value: address },
            { name: t('diagnosis.client'), value: navigator.userAgent },
          ]}
        />
      </Card>
      <div className="buttons">
        <CopyButton text={text} name={t('diagnosis.copy')} done={t('diagnosis.copied')} />
        <Button block onClick={openAnew}>
          {t('again')}
        </Button>
        <Link className="diagnose" to="/">
          {t('back')}
        </Link>
      </div>
    </main>
  );
}

function StepRow({ taken }: { taken: Taken }) {
  const { t } = useTranslation('sidebar');
  const { step, state, at, ms, code, message } = taken;
  return (
    <li className={`step ${state}`}>
      <span className="step-mark">{state !== 'running' && <Icon name={state} />}</span>
      <div className="step-words">
        <span>{t(`diagnosis.step.${step}`)}</span>
        <span className="step-result">{t(`diagnosis.result.${state}`)}</span>
        <span className="quiet">
          {dayjs(at).format('HH:mm:ss')} · {t('diagnosis.milliseconds', { ms: ms ?? 0 })}
        </span>
        {code && <code className="step-said">{[code, message].filter(Boolean).join(': ')}</code>}
      </div>
    </li>
  );
}
