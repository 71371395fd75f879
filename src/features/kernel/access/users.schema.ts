import { z } from 'zod';
import { roleKeys } from '../../../http/roles';
import { instant } from '../../../http/schema';
import { roleKey } from './role-key';

const name = z.string().trim().min(1).max(128);
const roles = z.array(roleKey).min(1).max(roleKeys.length);
const userid = z.string().min(1).max(64);
const expiresAt = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

export const userView = z
  .object({
    id: z.string(),
    name: z.string(),
    roles: z.array(roleKey),
    userid: z.string().nullable().openapi({ description: 'whose account it is' }),
    staff_name: z.string().nullable(),
    disabled_at: instant.nullable(),
    expires_at: instant.nullable(),
    created_at: instant,
  })
  .openapi('User');
export const userList = z.object({ items: z.array(userView), next_cursor: z.null() });

export const newUser = z.strictObject({ name, roles, userid: userid.optional(), expires_at: expiresAt.optional() });
export type NewUser = z.output<typeof newUser>;
export const rolesBody = z.strictObject({ roles, expires_at: expiresAt.nullish() });
export type RolesBody = z.output<typeof rolesBody>;

/** Shown this once. */
export const signInLinkView = z.object({ sign_in_path: z.string() });
export const createdUser = userView.extend(signInLinkView.shape);

export const tokenView = z
  .object({
    id: z.string(),
    name: z.string(),
    roles: z.array(roleKey),
    userid: z.string().nullable(),
    created_at: instant,
    last_used_at: instant.nullable(),
    expires_at: instant.nullable(),
    revoked_at: instant.nullable(),
  })
  .openapi('ApiToken');
export const tokenList = z.object({ items: z.array(tokenView), next_cursor: z.null() });
export const createdToken = z.object({ id: z.string(), token: z.string() });
