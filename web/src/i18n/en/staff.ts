import type { Mirror } from '../mirror';
import type { staff as zh } from '../zh-CN/staff';

export const staff: Mirror<typeof zh> = {
  title: 'Staff & departments',
};
