import type { Settings } from '../../api';

/** What a step is given. */
export interface StepProps {
  settings: Settings;
  onNext(): void;
}
