import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';

export const departmentView = z
  .object({
    id: z.number(),
    name: z.string().nullable(),
    name_en: z.string().nullable(),
    parent_id: z.number().nullable(),
    order: z.number(),
    leaders: z.array(z.string()),
    staff_count: z.number(),
    deleted_at: instant.nullable(),
  })
  .openapi('Department');

export const staffView = z
  .object({
    userid: z.string(),
    name: z.string().nullable(),
    alias: z.string().nullable(),
    position: z.string().nullable(),
    avatar: z.string().nullable(),
    department_ids: z.array(z.number()),
    leader_in: z.array(z.number()).openapi({ description: 'ids of the departments this member leads' }),
    main_department_id: z.number().nullable(),
    direct_leaders: z.array(z.string()),
    status: z.enum(['active', 'disabled', 'inactive', 'left', 'unknown']),
    follows_external: z.boolean().nullable().openapi({ description: 'has the 客户联系 function; null while unknown' }),
    departed_at: instant.nullable(),
    updated_at: instant,
  })
  .openapi('Staff');

export const staffQuery = listQuery({
  q: z.string().max(64).optional(),
  department_id: z.coerce.number().int().optional(),
  status: z.enum(['active', 'disabled', 'inactive', 'left', 'unknown']).optional(),
  departed: z.stringbool().optional(),
});
export type StaffQuery = z.output<typeof staffQuery>;

export const staffPage = page(staffView);
export const departmentPage = page(departmentView);
export const departmentQuery = listQuery({ deleted: z.stringbool().optional() });
export type DepartmentQuery = z.output<typeof departmentQuery>;
