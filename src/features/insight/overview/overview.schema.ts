import { z } from 'zod';
import { instant } from '../../../http/schema';
import { runView } from '../../../jobs/jobs.schema';

export const overviewView = z
  .object({
    mode: z.enum(['sandbox', 'live']),
    connected: z.boolean().openapi({ description: 'false until the wizard has connected a company' }),
    health: z.object({
      level: z.enum(['ok', 'degraded', 'down']),
      checks: z.array(z.object({ name: z.string(), level: z.enum(['ok', 'degraded', 'down']), detail: z.string() })),
    }),
    counts: z.object({
      staff: z.number(),
      departed_staff: z.number(),
      departments: z.number(),
      external_contacts: z.number(),
      relations: z.record(z.string(), z.number()).openapi({ description: 'by state' }),
      group_chats: z.number(),
      corp_tags: z.number(),
    }),
    events: z
      .object({
        today: z.number(),
        pending: z.number(),
        parked: z.number(),
        last_received_at: instant.nullable(),
        oldest_pending_at: instant.nullable(),
        per_minute: z.array(z.number()).openapi({ description: 'the last 60 minutes, oldest first' }),
      })
      .nullable()
      .openapi({ description: 'null for roles that do not see callbacks' }),
    differences: z.object({ unconfirmed: z.number(), confirmed: z.number(), held: z.number() }).nullable(),
    restoration: z
      .object({ taken_at: instant, restored_at: instant, paused: z.boolean() })
      .nullable()
      .openapi({ description: 'the last restore from a backup: what happened between the instants is missing' }),
    last_sync: runView.nullable(),
    last_reconciliation: runView.nullable(),
  })
  .openapi('Overview');
