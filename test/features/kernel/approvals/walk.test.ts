import fc from 'fast-check';
import { days, hours } from '../../../../src/core/clock';
import type { ApprovalState } from '../../../../src/features/kernel/approvals/approvals.entity';
import { type Office, openOffice } from './support';

let at: Office;
beforeAll(async () => {
  at = await openOffice();
});
afterAll(() => at.close());

const steps = [
  'approve',
  'refuse',
  'approve own',
  'withdraw',
  'withdraw others',
  'use',
  'use others',
  'wait',
  'sweep',
] as const;
type Step = (typeof steps)[number];

/** What leads far into the model is drawn more often. */
const drawn: Step[] = [...steps, 'approve', 'approve', 'approve', 'use', 'use', 'use'];

/** What must come of a step, written down apart from the code. */
function expected(state: ApprovalState, step: Step): { ok: boolean; next: ApprovalState } {
  const allowed: Partial<Record<Step, Partial<Record<ApprovalState, ApprovalState>>>> = {
    approve: { pending: 'approved' },
    refuse: { pending: 'refused' },
    withdraw: { pending: 'withdrawn', approved: 'withdrawn' },
    use: { approved: 'used' },
    wait: { pending: 'expired', approved: 'expired' },
  };
  if (step === 'wait' || step === 'sweep') return { ok: true, next: allowed[step]?.[state] ?? state };
  const next = allowed[step]?.[state];
  return { ok: next !== undefined, next: next ?? state };
}

async function take(step: Step, id: string): Promise<void> {
  const { approvals, by, asker, other, clock } = at;
  const acts: Record<Step, () => Promise<unknown>> = {
    approve: () => approvals.decide(id, { decision: 'approve' }, by(other)),
    refuse: () => approvals.decide(id, { decision: 'refuse' }, by(other)),
    'approve own': () => approvals.decide(id, { decision: 'approve' }, by(asker)),
    withdraw: () => approvals.withdraw(id, by(asker)),
    'withdraw others': () => approvals.withdraw(id, by(other)),
    use: () => approvals.execute(id, by(asker)),
    'use others': () => approvals.execute(id, by(other)),
    wait: async () => clock.advance(hours(25)),
    sweep: () => approvals.expire(),
  };
  await acts[step]();
}

test('S12 whatever is done in whatever order, a request goes only where it may, and the act happens at most once, after another approved', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...drawn), { minLength: 1, maxLength: 9 }), async (walk) => {
      at.done.length = 0;
      const { id } = await at.ask();
      let state: ApprovalState = 'pending';
      let wasApproved = false;
      for (const step of walk) {
        const { ok, next } = expected(state, step);
        const happened = await take(step, id).then(
          () => true,
          () => false,
        );
        expect([walk, step, state, happened]).toEqual([walk, step, state, ok]);
        state = next;
        wasApproved ||= state === 'approved';
        expect((await at.approvals.get(id, at.asker.viewer)).state).toBe(state);
      }
      expect(at.done).toHaveLength(state === 'used' ? 1 : 0);
      if (state === 'used') expect(wasApproved).toBe(true);
    }),
    { numRuns: 100 },
  );
  at.clock.advance(days(1));
});
