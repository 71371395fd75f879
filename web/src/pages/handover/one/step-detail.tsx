import { useTranslation } from 'react-i18next';
import type { HandoverStep } from '../../../api/handovers';
import { StaffName } from '../../../components/names';
import { Sentence } from '../../../components/sentence';
import { type Detail, listFrom, textOf } from '../../../lib/detail';
import { useWord } from '../../../lib/use-word';
import { usePlanWords } from '../parts/use-plan-words';

/** By whom, and what more is known of a step, each in a few words. */
export function StepDetail({ step }: { step: HandoverStep }) {
  const { t } = useTranslation('handoverPlans');
  const words = usePlanWords();
  const { errcode, actor, actor_name: name } = step;
  const said = errcode !== null && errcode !== 0;
  return (
    <>
      {name ?? t(actor?.includes(':') ? 'byPerson' : 'bySystem')}
      {said && ` · ${words.errcode(errcode)}${t('inBrackets', { text: t('errcodeSmall', { errcode }) })}`}
      <More step={step} />
    </>
  );
}

function More({ step: { kind, detail } }: { step: HandoverStep }) {
  const { t } = useTranslation('handoverPlans');
  const from = textOf(detail?.from);
  if (detail && kind === 'carried') return <Carried detail={detail} />;
  if ((kind !== 'second_candidate' && kind !== 'replanned') || !from) return null;
  return (
    <>
      {' · '}
      <Sentence text={t('insteadOf')} parts={{ from: <StaffName userid={from} /> }} />
    </>
  );
}

/** What was written for the successor, and what nobody can. */
function Carried({ detail }: { detail: Detail }) {
  const { t } = useTranslation('handoverPlans');
  const { t: tc } = useTranslation();
  const wordOf = useWord('handoverPlans');
  const tags = Number(detail.tags ?? 0);
  const left = Number(detail.personal_tags_left ?? 0);
  const written = [
    ...listFrom(detail.fields).flatMap((field) => wordOf(`fieldOf.${field}`) ?? []),
    ...(tags > 0 ? [t('carriedTags', { count: tags })] : []),
  ];
  const fields = written.join(tc('listSeparator'));
  return (
    <>
      {' · '}
      {fields ? t('carriedFields', { fields }) : t('carriedNothing')}
      {left > 0 && ` · ${t('personalTagsLeft', { count: left })}`}
    </>
  );
}
