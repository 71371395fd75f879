import { z } from 'zod';
import { type RoleKey, roleKeys } from '../../../http/roles';
import '../../../http/schema';
import { isRoleKey } from './viewer';

/** A built-in role, or one the company put together itself. */
export const roleKey = z
  .custom<RoleKey>((value) => typeof value === 'string' && isRoleKey(value), { message: 'No such role' })
  .openapi({ type: 'string', description: `${roleKeys.join(', ')}, or custom_ and 12 hexadecimal digits` });
