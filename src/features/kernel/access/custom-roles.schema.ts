import { z } from 'zod';
import { permissions } from '../../../http/permissions';
import { fieldAccesses, guardedFields } from '../../../http/roles';
import { instant } from '../../../http/schema';
import { roleKey } from './role-key';

const name = z.string().trim().min(1).max(64);
const about = z.string().trim().max(255);
const reach = z.enum(['nobody', 'line', 'company']);
const granted = z.array(z.enum(permissions));
const fields = z.partialRecord(z.enum(guardedFields), z.enum(fieldAccesses));

export const roleView = z
  .object({
    key: roleKey,
    /** Null for the built-in ones: the console has words for them. */
    name: z.string().nullable(),
    about: z.string(),
    /** 0 for the built-in ones, which never change. */
    version: z.number(),
    reach,
    permissions: granted,
    fields,
  })
  .openapi('Role');
export const roleList = z.object({ items: z.array(roleView), next_cursor: z.null() });

export const newRole = z.strictObject({
  name,
  about: about.default(''),
  reach,
  permissions: granted.min(1).max(permissions.length),
  fields: fields.default({}),
});
export type NewRole = z.output<typeof newRole>;
export const changedRole = newRole.extend({ version: z.number().int().min(1) });
export type ChangedRole = z.output<typeof changedRole>;
export const roleParam = z.strictObject({ key: z.string().min(1).max(32) });

export const roleVersionView = z.object({
  version: z.number(),
  name: z.string(),
  about: z.string(),
  reach,
  permissions: granted,
  fields,
  made_at: instant,
  made_by: z.string(),
});
export const roleVersionList = z.object({ items: z.array(roleVersionView), next_cursor: z.null() });
