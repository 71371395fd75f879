export { Change } from './change';
export { HistoryTimeline, type HistoryWords } from './history-timeline';
export type { HistoryEntry } from './use-history';
