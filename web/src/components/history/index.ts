export { Change } from './change';
export { CitedTag } from './cited-tag';
export { HistoryTimeline, type HistoryWords } from './history-timeline';
export type { HistoryEntry } from './use-history';
