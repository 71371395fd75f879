import { WecomError, WecomNotConfigured } from '../../../wecom/errors';
import { sidebarError } from './sidebar.errors';

/** Somebody waits in front of the screen. */
export const patienceMs = 4000;

export const click = () => ({ lane: 'click', signal: AbortSignal.timeout(patienceMs) }) as const;

/** @throws sidebar.not_configured, wecom_refused, wecom_unreachable; and what is no fault of WeCom as it is */
export function asSidebarFault(error: unknown): never {
  if (error instanceof WecomNotConfigured) throw sidebarError('not_configured');
  if (error instanceof WecomError) throw sidebarError('wecom_refused', { errcode: error.errcode });
  throw sidebarError('wecom_unreachable');
}
