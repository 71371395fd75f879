import { minutes } from '../../../core/clock';
import type { Database } from '../../../db/database';
import type { JobQueue } from '../../../jobs';
import type { CalendarService } from '../../kernel/calendar';
import type { ScopeService } from '../../kernel/scope';
import { qualityReport } from './quality.report';
import { createReplyDays } from './reply-days';
import { unansweredReport } from './unanswered.report';

interface Deps {
  db: Database;
  queue: Pick<JobQueue, 'add'>;
  scopes: ScopeService;
  calendar: Pick<CalendarService, 'current'>;
  /** Minutes of working time within which a first reply is due. */
  targetMinutes: number;
}

export type ReplyQuality = ReturnType<typeof createReplyQuality>;

/** How soon staff answer people outside, as far as the archive sees it. Reads who wrote when; opens nothing. */
export function createReplyQuality({ targetMinutes, ...deps }: Deps) {
  const parts = { ...deps, targetMs: minutes(targetMinutes) };
  return {
    report: qualityReport({ ...deps, targetMinutes }),
    unanswered: unansweredReport(parts),
    ...createReplyDays(parts),
  };
}
