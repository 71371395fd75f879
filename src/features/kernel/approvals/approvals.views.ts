import type { z } from 'zod';
import type { Clock } from '../../../core/clock';
import type { Viewer } from '../../../http/permissions';
import { iso, isoOrNull } from '../../../http/schema';
import type { AccessService } from '../access';
import type { Approval } from './approvals.entity';
import type { approvalView } from './approvals.schema';
import { type Bar, barOf, stateAt } from './rules';

interface Deps {
  clock: Clock;
  accounts: Pick<AccessService['accounts'], 'find'>;
  /** The actions that a viewer may decide. */
  decidable(viewer: Viewer): string[];
}

export function createApprovalViews({ clock, accounts, decidable }: Deps) {
  async function person(id: string) {
    return { id, name: (await accounts.find(id))?.name ?? null };
  }

  /** Why the viewer may not decide, their permission apart. */
  async function barFor(approval: Approval, viewer: Viewer): Promise<Bar | undefined> {
    const account = viewer.kind === 'account' ? await accounts.find(viewer.id) : null;
    return account ? barOf(approval, { viewer, accountCreatedAt: account.created_at }) : 'token';
  }

  async function mayDecide(approval: Approval, viewer: Viewer): Promise<boolean> {
    if (stateAt(approval, clock.now()) !== 'pending' || !decidable(viewer).includes(approval.action)) return false;
    return (await barFor(approval, viewer)) === undefined;
  }

  return {
    barFor,

    async toView(approval: Approval, viewer: Viewer): Promise<z.input<typeof approvalView>> {
      const { gains: _, requester_staff_id: __, ...row } = approval;
      return {
        ...row,
        payload: JSON.parse(approval.payload),
        state: stateAt(approval, clock.now()),
        requested_by: await person(approval.requested_by),
        created_at: iso(approval.created_at),
        expires_at: iso(approval.expires_at),
        decided_by: approval.decided_by === null ? null : await person(approval.decided_by),
        decided_at: isoOrNull(approval.decided_at),
        used_at: isoOrNull(approval.used_at),
        mine: viewer.kind === 'account' && approval.requested_by === viewer.id,
        may_decide: await mayDecide(approval, viewer),
      };
    },
  };
}
