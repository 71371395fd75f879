import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCan } from '../../../../api';
import type { SpotCheck } from '../../../../api/spot-checks';
import { CopyButton } from '../../../../components/copy-button';
import { Facts } from '../../../../components/facts';
import { PersonLink } from '../../../../components/person-link';
import { TimeText } from '../../../../components/time-text';
import styles from '../../risk.module.css';
import { CheckedConversation } from '../checked-conversation';

/** Who is checked, how it was chosen, and what came of it. */
export function CheckFacts({ check }: { check: SpotCheck }) {
  const { t } = useTranslation('spotChecks');
  const { userid, how, reason, asked_by, asked_at } = check;
  return (
    <Facts
      items={[
        { label: t('staff'), value: <PersonLink id={userid} /> },
        { label: t('conversation'), value: <CheckedConversation {...check} /> },
        { label: t('how'), value: t(`howOf.${how}`) },
        ...(reason === null ? [] : [{ label: t('reason'), value: reason }]),
        ...drawnFacts(check, t),
        { label: t('askedBy'), value: asked_by.name ?? asked_by.actor },
        { label: t('askedAt'), value: <TimeText at={asked_at} /> },
        ...useResultFacts(check),
      ]}
    />
  );
}

/** Enough for anybody to draw again and come to the same. */
function drawnFacts({ draw }: SpotCheck, t: ReturnType<typeof useTranslation<'spotChecks'>>['t']) {
  if (!draw) return [];
  const { days, population, seed, through_id } = draw;
  return [
    { label: t('drawnFrom'), value: t('drawnOf', { n: population.toLocaleString(), days, id: through_id }) },
    {
      label: t('seed'),
      value: (
        <>
          <code title={seed}>{seed.slice(0, 16)}…</code>
          <CopyButton text={seed} label={t('copySeed')} /> <span className={styles.quiet}>{t('seedHint')}</span>
        </>
      ),
    },
  ];
}

function useResultFacts({ userid, state, result }: SpotCheck) {
  const { t } = useTranslation('spotChecks');
  const seesFindings = useCan('findings:read');
  if (!result) return [];
  const { note, by, at, missing } = result;
  const filters = new URLSearchParams({ detector: 'ATTESTATION_GAP', userid });
  return [
    { label: t('concludedBy'), value: by.name ?? by.actor },
    { label: t('concludedAt'), value: <TimeText at={at} /> },
    { label: t('resultNote'), value: note },
    ...(state === 'missing_on_device'
      ? [{ label: t('missing'), value: t('missingCount', { n: missing.length }) }]
      : []),
    ...(state === 'missing_on_device' && seesFindings
      ? [{ label: t('finding'), value: <Link to={`/findings?${filters}`}>{t('toFinding')}</Link> }]
      : []),
  ];
}
