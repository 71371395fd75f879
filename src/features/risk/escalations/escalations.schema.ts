import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';

const escalation = z
  .object({
    ...{ id: z.string(), finding_id: z.string(), at: instant },
    level: z.number().openapi({ description: '1: those above the direct superiors' }),
    told: z.array(z.object({ actor: z.string(), name: z.string().nullable() })),
    is_last: z.boolean().openapi({ description: 'to compliance and administrators: nobody is above' }),
  })
  .openapi('FindingEscalation');
export type EscalationView = z.input<typeof escalation>;

export const escalationQuery = listQuery({ finding_id: z.coerce.number().int().positive().optional() });
export type EscalationQuery = z.output<typeof escalationQuery>;
export const escalationPage = page(escalation);
