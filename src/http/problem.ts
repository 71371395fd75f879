import type { Context, Middleware } from 'koa';
import { AppError } from '../core/errors';
import type { Logger } from '../core/logger';
import { type FieldFault, httpError } from './errors';
import { actorOf, type Viewer } from './permissions';

/** The body of every fault (RFC 9457). */
interface Problem {
  type: 'about:blank';
  title: string;
  status: number;
  code: string;
  fields: FieldFault[];
  details?: unknown;
  trace_id: string;
}

/** Answers whatever was thrown: an `AppError` as it says, anything else as a 500 without its insides (S21). */
export const problems =
  (logger: Logger): Middleware =>
  async (ctx, next) => {
    try {
      await next();
      if (ctx.respond !== false && ctx.body == null) refuseUnanswered(ctx.status);
    } catch (thrown) {
      settle(ctx, thrown, logger);
    }
  };

function settle(ctx: Context, thrown: unknown, logger: Logger): void {
  const fault = toFault(thrown);
  noteRefusal(ctx, fault, logger);
  if (fault.status >= 500) logger.error('request failed', { error: thrown, method: ctx.method, path: ctx.path });
  // A stream that broke: its status is on the wire already, and the reader comes again.
  if (ctx.res.headersSent) ctx.res.destroy();
  else answer(ctx, fault);
}

/** Whoever asks for what their roles do not give is written down, also where the answer hides it as a 404 (S21). */
function noteRefusal(ctx: Context, { status, code }: AppError, logger: Logger): void {
  const viewer: Viewer | undefined = ctx.state.viewer;
  const lacks: string | undefined = ctx.state.lacks;
  if (!viewer || (status !== 403 && !lacks)) return;
  logger.warn('refused', { actor: actorOf(viewer), code, lacks, method: ctx.method, path: ctx.path, address: ctx.ip });
}

/** What the routers leave without a body; 405 comes with the `Allow` header set. */
function refuseUnanswered(status: number): void {
  if (status === 404) throw httpError('not_found');
  if (status === 405 || status === 501) throw httpError('method_not_allowed');
}

function toFault(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isConnectionLoss(thrown)) return httpError('unavailable');
  const status = (thrown as { status?: unknown }).status;
  if (status === 413) return httpError('too_large');
  if (status === 405 || status === 501) return httpError('method_not_allowed');
  if (typeof status === 'number' && status >= 400 && status < 500) return httpError('bad_request');
  return new AppError('http.internal', 500, 'Something went wrong on our side');
}

const connectionCodes =
  /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|PROTOCOL_CONNECTION_LOST|ER_SERVER_SHUTDOWN|SQLITE_FULL|SQLITE_IOERR.*|SQLITE_READONLY.*|ER_DISK_FULL|ER_CON_COUNT_ERROR|POOL_CLOSED)$/;

/** The database is away or its disk is full (F2, F8): the fault is not the caller's, and passes. */
export const isConnectionLoss = (thrown: unknown): boolean =>
  connectionCodes.test(String((thrown as { code?: unknown } | null)?.code ?? ''));

function answer(ctx: Context, fault: AppError): void {
  const { details } = fault;
  const problem: Problem = {
    type: 'about:blank',
    title: fault.message,
    status: fault.status,
    code: publicCode(fault.code),
    fields: Array.isArray(details) ? details : [],
    trace_id: String(ctx.state.traceId ?? ''),
    ...(details !== undefined && !Array.isArray(details) && fault.status < 500 ? { details } : {}),
  };
  ctx.respond = true;
  ctx.status = fault.status;
  if (fault.status === 503) ctx.set('retry-after', '5');
  if (fault.status === 401) ctx.set('www-authenticate', 'Bearer');
  ctx.body = JSON.stringify(problem);
  ctx.type = 'application/problem+json';
}

/** `http.not_found` is NOT_FOUND, `run.in_progress` is RUN_IN_PROGRESS; what all records have in common is named plainly too. */
const publicCode = (code: string): string =>
  code
    .replace(/^(?:http|record(?!\.not_found))\./, '')
    .replace('.', '_')
    .toUpperCase();
