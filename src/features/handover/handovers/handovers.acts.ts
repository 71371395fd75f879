import { z } from 'zod';
import type { ApprovalService, By } from '../../kernel/approvals';
import type { Handover } from './handovers.entity';

/** Letting go of a handover above the threshold: now, or at its time. */
export const submitAct = 'handover.submit';

const payload = z.strictObject({
  ...{ id: z.string().min(1).max(36), version: z.number().int() },
  scheduled_for: z.iso.datetime().nullable(),
});

interface Hands {
  describe(id: string): Promise<Handover>;
  execute(act: { id: string; version: number; scheduledFor: Date | null }, by: By): Promise<void>;
}

/** Makes the act known to those who approve. */
export function defineSubmission(approvals: Pick<ApprovalService, 'define'>, { describe, execute }: Hands): void {
  approvals.define<z.output<typeof payload>>({
    ...{ key: submitAct, asks: 'handovers:manage', decides: 'handovers:manage', payload },
    async describe({ id }) {
      const { name } = await describe(id);
      return { target: `handover:${id}`, subject: name };
    },
    async execute({ id, version, scheduled_for }, by) {
      await execute({ id, version, scheduledFor: scheduled_for === null ? null : new Date(scheduled_for) }, by);
      return { handover_id: id };
    },
  });
}
