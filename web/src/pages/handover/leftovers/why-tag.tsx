import { useTranslation } from 'react-i18next';
import { StateTag, type Tone } from '../../../components/state-tag';
import type { Why } from './reasons';

const tones: Record<Why, Tone> = {
  no_handover: 'person',
  planned: 'neutral',
  under_way: 'active',
  refused: 'lost',
  over_limit: 'lost',
  failed: 'lost',
  left_over_a_year: 'lost',
  not_in_wecom_list: 'person',
  ended_as_missing: 'neutral',
  half: 'neutral',
  out_of_scope: 'neutral',
  not_movable: 'neutral',
};

/** Why something is still somebody's who left. */
export function WhyTag({ why }: { why: Why }) {
  const { t } = useTranslation('handoverDesk');
  return (
    <StateTag tone={tones[why]} title={t(`whyHint.${why}`)}>
      {t(`whyIs.${why}`)}
    </StateTag>
  );
}
