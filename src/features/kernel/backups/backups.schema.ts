import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';

export const backupQuery = listQuery({});
export type BackupQuery = z.infer<typeof backupQuery>;

const backup = z
  .object({
    name: z.string(),
    taken_at: instant,
    size: z.number().openapi({ description: 'bytes' }),
    rows: z.number(),
    verified_at: instant.nullable().openapi({ description: 'when it was read back to its end' }),
    ok: z.boolean(),
  })
  .openapi('Backup');

export const restoration = z
  .object({
    taken_at: instant,
    restored_at: instant,
    paused: z.boolean().openapi({ description: 'nothing is written to WeCom until an operator confirms' }),
    resumed_at: instant.nullable(),
    reconciliation_run_id: z.string().nullable(),
  })
  .openapi({ description: 'What happened between taken_at and restored_at is missing' });
export type RestorationView = z.input<typeof restoration>;

export const backupPage = page(backup)
  .extend({
    last_good_at: instant.nullable(),
    overdue: z.boolean(),
    recovery_key_since: instant.nullable().openapi({ description: 'null: without the master key no backup opens' }),
    restoration: restoration.nullable(),
  })
  .openapi('Backups');
export type BackupPage = z.input<typeof backupPage>;

export const startBackup = z.strictObject({});
