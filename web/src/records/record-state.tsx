import { StateTag, type Tone } from '../components/state-tag';
import type { RecordType } from './types';
import { useRecordWords } from './use-record-words';

const tones: Record<string, Tone> = {
  new: 'person',
  assigned: 'active',
  contacted: 'active',
  qualified: 'active',
  converted: 'proved',
  active: 'neutral',
  discarded: 'neutral',
  pooled: 'neutral',
  left: 'neutral',
};

/** The state of a record in words. */
export function RecordState({ type, status }: { type: Pick<RecordType, 'key'>; status: string }) {
  const words = useRecordWords();
  return <StateTag tone={tones[status] ?? 'neutral'}>{words.choice(type, 'status', status)}</StateTag>;
}
