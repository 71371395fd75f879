import type { OutcomeFigures } from '../../../api/handovers';

/** Of those taken over, who went afterwards, whoever ended it. */
export const lossOf = ({ lost }: OutcomeFigures): number =>
  lost.deleted_by_external + lost.deleted_by_staff + lost.missing;
