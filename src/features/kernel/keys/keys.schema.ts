import { z } from 'zod';
import { instant } from '../../../http/schema';

export const dataKeyView = z
  .object({
    version: z.number(),
    state: z.enum(['coming', 'active', 'old', 'retired']).openapi({
      description:
        'coming: known, not yet used; old: rows sealed with it are being sealed anew; retired: no row needs it',
    }),
    created_at: instant,
    active_from: instant.nullable(),
    retired_at: instant.nullable(),
  })
  .openapi('DataKey');

export const dataKeyList = z.object({ items: z.array(dataKeyView), next_cursor: z.null() });
export type DataKeyView = z.infer<typeof dataKeyView>;
