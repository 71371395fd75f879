import { Department, Staff, StaffDepartment, StaffFormerUserid } from './staff.entity';
import { staffRoutes } from './staff.routes';

export const staffFeature = {
  name: 'staff',
  entities: [Department, Staff, StaffDepartment, StaffFormerUserid],
  routes: staffRoutes,
};
export type { Staff } from './staff.entity';
export { createStaffService, type StaffService } from './staff.service';
