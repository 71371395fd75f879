import { z } from 'zod';
import { toUnix } from '../../core/clock';
import type { Page } from '../../core/paging';
import { WecomMalformed, WecomPageRepeated } from '../errors';
import type { CallOptions, WecomClient } from '../types';
import { cursorField, entity, instant, integer, type JsonObject, listAnswer, text, textOrNull } from './shape';

/** A line of one of the company's logs, as far as all of them have the same. */
export interface SecurityRow {
  occurred_at: Date;
  /** Null: somebody outside the company, of files only. */
  userid: string | null;
  /** `oper_type`, the operation on a file, or what was on the screen. */
  type: number;
  /** `detail_type` of the admin log, the source of an upload or a download of a file. */
  detail_type: number | null;
  /** Free text: names, phone numbers, names of files. */
  text: string;
  raw: JsonObject;
}

export interface SecurityQuery {
  from: Date;
  /** In the past. */
  to: Date;
  cursor?: string | undefined;
}

/** The page types userids as numbers, its sample as text (path/100178). */
const userid = textOrNull;

const memberRow = entity(
  z.object({ time: instant, userid, oper_type: integer, detail_info: text }),
  (row, raw): SecurityRow => ({
    ...{ occurred_at: row.time, userid: row.userid, type: row.oper_type, detail_type: null },
    ...{ text: row.detail_info, raw },
  }),
);

const adminRow = entity(
  z.object({ time: instant, userid, oper_type: integer, detail_type: integer, detail_info: text }),
  (row, raw): SecurityRow => ({
    ...{ occurred_at: row.time, userid: row.userid, type: row.oper_type, detail_type: row.detail_type },
    ...{ text: row.detail_info, raw },
  }),
);

const fileRow = entity(
  z.object({
    ...{ time: instant, userid, file_info: text },
    operation: z.object({ type: integer, source: integer.transform((source) => (source === 0 ? null : source)) }),
  }),
  (row, raw): SecurityRow => ({
    ...{ occurred_at: row.time, userid: row.userid, type: row.operation.type, detail_type: row.operation.source },
    ...{ text: row.file_info, raw },
  }),
);

const screenRow = entity(
  z.object({ time: instant, userid, screen_shot_type: integer, screen_shot_content: text }),
  (row, raw): SecurityRow => ({
    ...{ occurred_at: row.time, userid: row.userid, type: row.screen_shot_type, detail_type: null },
    ...{ text: row.screen_shot_content, raw },
  }),
);

interface Log {
  path: string;
  limit: number;
  parse: z.ZodType<Answer>;
}

interface Answer {
  record_list: SecurityRow[];
  has_more: boolean;
  next_cursor: string | null;
}

const logOf = (path: string, limit: number, row: z.ZodType<SecurityRow>): Log => ({
  ...{ path: `security/${path}`, limit },
  parse: listAnswer('record_list', {
    record_list: z
      .array(row)
      .nullish()
      .transform((rows) => rows ?? []),
    has_more: z
      .unknown()
      .optional()
      .transform((more) => more === true || more === 1),
    next_cursor: textOrNull,
  }),
});

const logs = {
  member_log: logOf('member_oper_log/list', 400, memberRow),
  admin_log: logOf('admin_oper_log/list', 400, adminRow),
  file_record: logOf('get_file_oper_record', 1000, fileRow),
  screen_record: logOf('get_screen_oper_record', 1000, screenRow),
} as const satisfies Record<string, Log>;

export type SecurityLog = keyof typeof logs;
export type SecurityApi = ReturnType<typeof createSecurityApi>;

/** What members, administrators, files and screens are logged for (安全与管理). Files and screens only where bought. */
export function createSecurityApi(client: WecomClient) {
  async function page(log: SecurityLog, query: SecurityQuery, options: CallOptions): Promise<Page<SecurityRow>> {
    const { path, limit, parse } = logs[log];
    const { from, to, cursor } = query;
    const body = { start_time: toUnix(from), end_time: toUnix(to), limit, ...cursorField(cursor) };
    const answer = await client.call({ app: 'agent', method: 'POST', path, body, parse, ...options });
    if (answer.has_more && !answer.next_cursor) throw new WecomMalformed(path, 'has_more without next_cursor');
    return { items: answer.record_list, next_cursor: answer.has_more ? answer.next_cursor : null };
  }

  return {
    page,

    /**
     * Every page of a stretch of time, in WeCom's order.
     * @throws WecomPageRepeated when a page comes again: the reference spells the cursor in two ways, and a server that
     * knows only the other one answers the first page for ever (path/100179)
     */
    async *rows(log: SecurityLog, query: SecurityQuery, options: CallOptions): AsyncGenerator<SecurityRow[]> {
      let before = '';
      for (let cursor: string | undefined; ; ) {
        const { items, next_cursor } = await page(log, { ...query, cursor }, options);
        const now = JSON.stringify(items.map(({ raw }) => raw));
        if (items.length > 0 && now === before) throw new WecomPageRepeated(logs[log].path);
        yield items;
        if (next_cursor === null) return;
        [before, cursor] = [now, next_cursor];
      }
    },
  };
}
