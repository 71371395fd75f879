export { QueryTable } from './query-table';
export { StaffSelect, staffFilter } from './staff-filter';
export type { ChoiceFilter, QueryColumn, QueryFilter, QueryTableProps } from './types';
