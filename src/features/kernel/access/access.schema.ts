import { z } from 'zod';
import type { Viewer } from '../../../http/permissions';
import { roleKeys } from '../../../http/roles';

export const signInBody = z.strictObject({ token: z.string().min(1).max(128) });

export const viewerView = z.object({
  name: z.string(),
  roles: z.array(z.enum(roleKeys)),
  permissions: z.array(z.string()),
});

export const toViewerView = ({ name, roles, permissions }: Viewer): z.infer<typeof viewerView> => ({
  name,
  roles: [...roles],
  permissions: [...permissions].sort(),
});
