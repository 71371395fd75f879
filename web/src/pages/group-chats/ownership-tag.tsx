import { useTranslation } from 'react-i18next';
import type { GroupChat } from '../../api';
import { StateTag, type Tone } from '../../components/state-tag';

const tones: Record<Exclude<GroupChat['status'], 'normal'>, Tone> = {
  owner_left: 'person',
  inheriting: 'active',
  inherited: 'neutral',
};

/** Whether the group needs, gets or got a new owner. Nothing to say while its owner is there. */
export function OwnershipTag({ status }: { status: GroupChat['status'] }) {
  const { t } = useTranslation('states');
  if (status === 'normal') return t('chatOwner.normal');
  return <StateTag tone={tones[status]}>{t(`chatOwner.${status}`)}</StateTag>;
}
