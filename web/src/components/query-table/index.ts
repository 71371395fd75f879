export { QueryTable } from './query-table';
export { StaffSelect, staffFilter } from './staff-filter';
export type { QueryColumn, QueryFilter, QueryTableProps } from './types';
