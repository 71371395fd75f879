import { type ContextDeps, createSidebarContext } from './context';
import { createFailures, type FailureDeps } from './failures';
import { createSignatures, type SignatureDeps } from './signatures';

export type SidebarService = ReturnType<typeof createSidebarService>;

/** What stands behind the page beside a WeCom chat (WCM-10). */
export const createSidebarService = (deps: SignatureDeps & FailureDeps & ContextDeps) => ({
  signatures: createSignatures(deps),
  failures: createFailures(deps),
  context: createSidebarContext(deps),
});
