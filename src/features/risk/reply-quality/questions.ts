import { days } from '../../../core/clock';
import type { WorkingCalendar } from '../../kernel/calendar';

/** Something somebody outside waits, or waited, to be answered. */
export interface Question {
  conversationId: string;
  userid: string;
  askedAt: Date;
  answeredAt: Date | null;
}

/** A word of a conversation, as far as it matters who spoke. */
export interface Word {
  conversationId: string;
  userid: string;
  at: Date;
  byStaff: boolean;
}

/** A Shanghai day as instants; `until` is not of it. */
export interface Span {
  from: Date;
  until: Date;
}

export function spanOf(day: string): Span {
  const from = new Date(`${day}T00:00:00+08:00`);
  return { from, until: new Date(from.getTime() + days(1)) };
}

/**
 * Reads words in order, conversation by conversation or mixed. A question opens when the other side writes and none is
 * open; the first word of staff answers it.
 * @param waiting conversations in which a question was open before the first of these words
 */
export function createQuestionReader(waiting: ReadonlySet<string>) {
  const open = new Map<string, Question | undefined>();
  const asked: Question[] = [];

  return {
    asked,
    read({ conversationId, userid, at, byStaff }: Word): void {
      const isOpen = open.has(conversationId) ? open.get(conversationId) !== undefined : waiting.has(conversationId);
      const question = open.get(conversationId);
      if (byStaff) {
        if (question) question.answeredAt = at;
        open.set(conversationId, undefined);
      } else if (!isOpen) {
        const found = { conversationId, userid, askedAt: at, answeredAt: null };
        open.set(conversationId, found);
        asked.push(found);
      }
    },
  };
}

/** What a row of `reply_day` says, beside whose and which. */
export interface DayFigures {
  questions: number;
  answered: number;
  withinTarget: number;
  outOfHours: number;
  unansweredAtEnd: number;
  wallSeconds: number;
  /** Ascending. */
  workingSeconds: number[];
}

const toSeconds = (ms: number): number => Math.round(ms / 1000);

/** What one member of staff was asked on one day. */
export function figuresOf(
  questions: readonly Question[],
  { until }: Span,
  { calendar, targetMs }: { calendar: WorkingCalendar; targetMs: number },
): DayFigures {
  const replies = questions.flatMap(({ askedAt, answeredAt }) =>
    answeredAt === null ? [] : [{ askedAt, answeredAt, worked: calendar.workingMsBetween(askedAt, answeredAt) }],
  );
  return {
    questions: questions.length,
    answered: replies.length,
    withinTarget: replies.filter(({ worked }) => worked <= targetMs).length,
    outOfHours: questions.filter(({ askedAt }) => !calendar.isWorkingTime(askedAt)).length,
    unansweredAtEnd: questions.filter(({ answeredAt }) => answeredAt === null || answeredAt >= until).length,
    // The clock of a telephone may be behind.
    wallSeconds: replies.reduce(
      (sum, { askedAt, answeredAt }) => sum + Math.max(0, toSeconds(answeredAt.getTime() - askedAt.getTime())),
      0,
    ),
    workingSeconds: replies.map(({ worked }) => toSeconds(worked)).sort((one, other) => one - other),
  };
}
