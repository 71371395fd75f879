import { EditOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../api';
import { StateTag, type Tone } from '../../../components/state-tag';

const tones: Record<Rule['state'], Tone> = { draft: 'neutral', on: 'active', off: 'neutral' };

export function RuleStateTag({ state }: { state: Rule['state'] }) {
  const { t } = useTranslation('rules');
  return (
    <StateTag tone={tones[state]} icon={state === 'draft' ? <EditOutlined /> : undefined}>
      {t(`stateOf.${state}`)}
    </StateTag>
  );
}

/** Whether a newer version waits while an older one is judged by. */
export const isWaiting = ({ state, live_version, version }: Rule): boolean =>
  state === 'on' && live_version !== version;
