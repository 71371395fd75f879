import type { HandoverItem } from '../../../api/handovers';
import { Subject } from '../parts/subject';
import { Story } from './story';
import type { Plan } from './types';

/** One customer's, or one group's, way through the handover, beside the list. */
export const itemDrawer = (plan: Plan) => ({
  title: (_id: string, row: HandoverItem | undefined) => row && <Subject item={row} />,
  content: (id: string) => <Story key={id} plan={plan} itemId={Number(id)} />,
});
