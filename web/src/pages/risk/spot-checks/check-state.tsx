import { useTranslation } from 'react-i18next';
import type { SpotCheck } from '../../../api/spot-checks';
import { StateTag, type Tone } from '../../../components/state-tag';

const tones: Record<SpotCheck['state'], Tone> = { open: 'person', matches: 'proved', missing_on_device: 'lost' };

export function CheckState({ state }: Pick<SpotCheck, 'state'>) {
  const { t } = useTranslation('spotChecks');
  return <StateTag tone={tones[state]}>{t(`state.${state}`)}</StateTag>;
}
