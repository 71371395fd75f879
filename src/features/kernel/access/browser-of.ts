import { httpError } from '../../../http/errors';
import type { RouteInput } from '../../../http/route';
import { readSessionCookie } from './session-cookie';

type Input = Pick<RouteInput<undefined, undefined, undefined>, 'viewer' | 'ctx'>;

/** A browser's own account and session. An API token has neither. @throws http.forbidden */
export function browserOf({ viewer, ctx }: Input) {
  const sessionId = readSessionCookie(ctx);
  if (viewer.kind !== 'account' || !sessionId) throw httpError('forbidden');
  return { account: { id: viewer.id, name: viewer.name }, from: { sessionId, address: ctx.ip } };
}
