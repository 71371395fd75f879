export { RecordPicker } from './inputs';
export { actOn, changeRecord, renewRecords, useRecords } from './record-api';
export { RecordList } from './record-list';
export { RecordPage, type RecordPart } from './record-page';
export { RecordLink } from './record-value';
export { type RecordRow, textOf } from './types';
