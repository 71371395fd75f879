import { z } from 'zod';
import { instant, page } from '../../../http/schema';

const archiveKeyView = z
  .object({
    version: z.number().openapi({ description: 'as WeCom counts the public keys that were uploaded' }),
    fingerprint: z.string().openapi({ description: 'SHA-256 of the public half' }),
    source: z.string().openapi({ description: 'file, or who added it' }),
    created_at: instant,
  })
  .openapi('ArchiveKey');
export type ArchiveKeyView = z.input<typeof archiveKeyView>;

export const archiveKeyPage = page(archiveKeyView);
export const newArchiveKey = z.strictObject({
  version: z.number().int().min(1).max(1_000_000),
  pem: z.string().min(1).max(20_000),
});
export const addedKey = z.object({ added: z.boolean().openapi({ description: 'false: this very key was here' }) });
