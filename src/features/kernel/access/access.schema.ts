import { z } from 'zod';
import type { Viewer } from '../../../http/permissions';
import { roleKey } from './role-key';

/** Of an authenticator app, or a recovery code. */
export const factorCode = z.string().min(6).max(40);
export const signInBody = z.strictObject({
  token: z.string().min(1).max(128),
  code: factorCode.optional().openapi({ description: 'asked for where the account has power over others, and an app' }),
});

export const viewerView = z.object({
  name: z.string(),
  roles: z.array(roleKey),
  /** What the custom ones among the roles are called. */
  role_names: z.record(z.string(), z.string()),
  permissions: z.array(z.string()),
});

export const toViewerView = ({ name, roles, roleNames, permissions }: Viewer): z.infer<typeof viewerView> => ({
  name,
  roles: [...roles],
  role_names: { ...roleNames },
  permissions: [...permissions].sort(),
});
