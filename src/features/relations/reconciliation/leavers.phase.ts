import { pages, type Unassigned } from '../../../wecom';
import type { Leavers, Settled } from './leavers';
import type { Phase, PhaseContext, PhaseDeps } from './phase';

/** That a relation now waits for a successor follows from the departure, which is reported itself. */
function tell(context: PhaseContext, { userid, external_userid: externalUserid, after }: Settled): void {
  const about = { userid, externalUserid, state: 'applied' as const, detail: { after } };
  if (after === 'missing') context.report({ kind: 'relation_missing', ...about });
  if (after === 'transferred_out') context.report({ kind: 'relation_assigned', explanation: 'assigned', ...about });
}

/** External contacts of leavers that nobody was given yet (path/92124). */
export function leaversPhase({ wecom }: PhaseDeps, leavers: Leavers): Phase {
  async function run(context: PhaseContext): Promise<void> {
    const still = new Set<string>();
    const fetchPage = (cursor: string | undefined) => wecom.externalContacts.unassigned(cursor, context.calls);
    for await (const page of pages<{ items: Unassigned[]; next_cursor: string | null }>(fetchPage)) {
      const mirror = await leavers.onUnassigned(page.items);
      await context.save(async () => {
        const { ids, added } = await mirror(context.origin());
        context.counts.seen += page.items.length;
        context.counts.added += added;
        for (const id of ids) still.add(id);
      });
    }
    await context.save(async () => {
      const settled = await leavers.settleAssigned(still, context.origin());
      context.counts.changed += settled.length;
      for (const one of settled) tell(context, one);
    });
  }
  return { name: 'leavers', run };
}
