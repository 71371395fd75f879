import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../../api';
import type { HandoverStep, HandoverStory } from '../../../api/handovers';
import { externalContactPath } from '../../../components/external-person';
import { Facts } from '../../../components/facts';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { StaffName } from '../../../components/names';
import { PersonLink } from '../../../components/person-link';
import { Sentence } from '../../../components/sentence';
import type { Tone } from '../../../components/state-tag';
import { TimeText } from '../../../components/time-text';
import { Timeline } from '../../../components/timeline';
import { groupChatPath } from '../../../lib/paths';
import { ItemStateTag } from '../parts/plan-tags';
import { usePlanWords } from '../parts/use-plan-words';
import { Briefing } from './briefing';
import styles from './one.module.css';
import { StepDetail } from './step-detail';
import type { Plan } from './types';

/** Where it stands and everything that happened to it, in words. */
export function Story({ plan, itemId }: { plan: Plan; itemId: number }) {
  const path = { id: plan.id, item_id: itemId };
  const { data, error, refetch } = api.useQuery('get', '/handovers/{id}/items/{item_id}', { params: { path } });
  if (!data) return error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={8} />;
  return (
    <div className={styles.story}>
      <Standing item={data} />
      <Links item={data} />
      {data.kind === 'external_contact' && plan.submitted_at !== null && <Briefing path={path} />}
      <Steps steps={data.steps} />
    </div>
  );
}

function Standing({ item }: { item: HandoverStory }) {
  const { t } = useTranslation('handoverPlans');
  const words = usePlanWords();
  const { state, from_userid, to_userid, second_userid, because, warnings, advice, carry, attempt, errcode } = item;
  const fact = (label: string, value: React.ReactNode, isThere = true) => (isThere ? [{ label, value }] : []);
  return (
    <Facts
      items={[
        { label: t('stateTitle'), value: <ItemStateTag state={state} /> },
        ...fact(t('causeTitle'), words.cause(item), words.cause(item) !== undefined),
        ...fact(t('errcode'), t('errcodeSmall', { errcode }), errcode !== null && errcode !== 0),
        ...fact(t('adviceTitle'), words.advice(advice ?? ''), advice !== null),
        { label: t('from'), value: <PersonLink id={from_userid} /> },
        { label: t('to'), value: to_userid === null ? t('nobody') : <PersonLink id={to_userid} /> },
        ...fact(t('why'), words.because(because)),
        ...fact(t('second'), <StaffName userid={second_userid ?? ''} />, second_userid !== null),
        ...fact(t('warnings'), <Warned codes={warnings} />, warnings.length > 0),
        ...fact(t('takeover'), <TimeText at={item.takeover_at} />, item.takeover_at !== null),
        ...fact(t('settled'), <TimeText at={item.settled_at} />, item.settled_at !== null),
        ...fact(t('attemptTitle'), t('attempts', { count: attempt }), attempt > 1),
        ...fact(t('carryTitle'), t(`carryOf.${carry ?? 'pending'}`), carry !== null),
      ]}
    />
  );
}

function Warned({ codes }: { codes: readonly string[] }) {
  const words = usePlanWords();
  return (
    <ul className={styles.plain}>
      {codes.map((code) => (
        <li key={code}>
          {words.warning(code)} <span className={styles.quiet}>{words.warningDo(code)}</span>
        </li>
      ))}
    </ul>
  );
}

function Links({ item: { external_userid, chat_id } }: { item: HandoverStory }) {
  const { t } = useTranslation('handoverPlans');
  return (
    <p className={styles.links}>
      {external_userid !== null && <Link to={externalContactPath(external_userid)}>{t('openContact')}</Link>}
      {chat_id !== null && <Link to={groupChatPath(chat_id)}>{t('openGroup')}</Link>}
    </p>
  );
}

const tones: Partial<Record<HandoverStep['kind'], Tone>> = {
  ...{ taken_over: 'proved', carried: 'proved', accepted: 'active', submitted: 'active', found: 'active' },
  ...{ refused: 'lost', over_limit: 'lost', failed: 'lost', not_accepted: 'lost', carry_failed: 'lost' },
  ...{ unheard: 'person', not_found: 'person', postponed: 'person' },
};

function Steps({ steps }: { steps: readonly HandoverStep[] }) {
  const { t } = useTranslation('handoverPlans');
  if (steps.length === 0) return <p className={styles.quiet}>{t('storyEmpty')}</p>;
  return (
    <section aria-label={t('story')}>
      <h3 className={styles.heading}>{t('story')}</h3>
      <Timeline
        items={[...steps].reverse().map((step) => ({
          id: step.id,
          at: step.at,
          tone: tones[step.kind] ?? 'neutral',
          text: <StepText step={step} />,
          detail: <StepDetail step={step} />,
        }))}
      />
    </section>
  );
}

function StepText({ step: { kind, to_userid, to_name } }: { step: HandoverStep }) {
  const { t } = useTranslation('handoverPlans');
  const to = to_userid === null ? t('nobody') : <bdi>{to_name || to_userid}</bdi>;
  return <Sentence text={t(`stepOf.${kind}`)} parts={{ to }} />;
}
