export { ChatSelect, ContactSelect, chatFilter, contactFilter } from './found-select';
export { momentFilter } from './moment-filter';
export { QueryTable } from './query-table';
export { StaffListSelect, StaffSelect, staffFilter } from './staff-filter';
export type { ChoiceFilter, QueryColumn, QueryFilter, QueryTableProps, RowSelection } from './types';
