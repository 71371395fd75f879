import { get, type Route } from '../../../http/route';
import { departmentPage, departmentQuery, staffPage, staffQuery } from './staff.schema';
import type { StaffService } from './staff.service';

export const staffRoutes = ({ staff }: { staff: StaffService }): Route[] => [
  get(
    '/staff',
    { can: 'directory:read', about: 'Staff, leavers included', query: staffQuery, returns: staffPage },
    ({ query }) => staff.list(query),
  ),
  get(
    '/departments',
    { can: 'directory:read', about: 'Departments', query: departmentQuery, returns: departmentPage },
    ({ query }) => staff.listDepartments(query),
  ),
];
