import { z } from 'zod';
import { instant } from '../../../http/schema';

const count = z.number().int();
const rate = z.number().nullable();

const figures = z.object({
  total: count,
  taken_over: count,
  refused: count.openapi({ description: 'who refused a successor, even if they accepted another later' }),
  over_limit: count,
  failed: count,
  cancelled: count,
  open: count.openapi({ description: 'what has not ended' }),
  refusal_rate: rate.openapi({ description: 'of those who were taken over or refused; null: nobody yet' }),
  lost: z
    .object({ deleted_by_external: count, deleted_by_staff: count, missing: count })
    .openapi({ description: 'of those taken over, how the relation with the successor ended within 90 days' }),
  loss_rate: rate,
  written_to: count.openapi({ description: 'to whom the archive shows a message of the successor since' }),
  median_hours_to_first_message: z.number().nullable(),
});
export type Figures = z.output<typeof figures>;

const ofPerson = figures.extend({ userid: z.string(), name: z.string().nullable() });

export const outcomeView = z
  .object({
    external_contacts: figures,
    by_successor: z.array(ofPerson),
    by_giver: z.array(ofPerson),
    group_chats: figures.pick({ total: true, taken_over: true, failed: true, cancelled: true, open: true }),
    watched_until: instant.nullable().openapi({ description: 'when the 90 days of the last one are over' }),
    leak_findings: count.nullable().openapi({ description: 'DEPARTURE_LEAK; null for who may not read findings' }),
    revenue: z
      .object({ before: z.number().nullable(), after: z.number().nullable() })
      .openapi({ description: 'null as long as no orders are kept' }),
  })
  .openapi('HandoverOutcome');
export type OutcomeView = z.input<typeof outcomeView>;
