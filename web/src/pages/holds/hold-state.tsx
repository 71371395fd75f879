import { useTranslation } from 'react-i18next';
import type { LegalHold } from '../../api';
import { StateTag } from '../../components/state-tag';

export function HoldState({ hold: { state } }: { hold: Pick<LegalHold, 'state'> }) {
  const { t } = useTranslation('holds');
  return <StateTag tone={state === 'active' ? 'active' : 'neutral'}>{t(`state.${state}`)}</StateTag>;
}
