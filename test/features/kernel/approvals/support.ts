import { z } from 'zod';
import type { SharedAct } from '../../../../src/features/kernel/approvals/approvals.service';
import { aPerson, type Person, signedIn } from '../../../support/people';
import { movableClock, openAccess } from '../support';

/** Officers who can ask and decide, and an act that only counts how often it happened. */
export async function openOffice() {
  const clock = movableClock();
  const services = await openAccess(clock);
  const officer = (name: string) => aPerson(services, { roles: ['compliance_officer'], name });
  const [asker, other] = [await officer('甲'), await officer('乙')];
  clock.advance(1000);
  const done: number[] = [];
  const counted: SharedAct<{ n: number }> = {
    key: 'test.count',
    asks: 'audit:export',
    decides: 'exports:approve',
    payload: z.strictObject({ n: z.number() }),
    describe: async ({ n }) => ({ target: `test:${n}`, subject: `number ${n}` }),
    async execute({ n }) {
      done.push(n);
      return { n };
    },
  };
  services.approvals.define(counted);
  const by = ({ viewer }: Pick<Person, 'viewer'>) => ({ viewer, address: '10.0.0.1' });
  return {
    ...services,
    clock,
    counted,
    asker,
    other,
    done,
    by,
    officer,
    again: (id: string) => signedIn(services, id),
    ask: (n = 1, who: Pick<Person, 'viewer'> = asker) =>
      services.approvals.ask({ action: 'test.count', payload: { n }, reason: 'because' }, by(who)),
    trail: async () =>
      (await services.audit.list({ limit: 200 })).items
        .filter(({ action }) => action.startsWith('approval.'))
        .map(({ action, result, reason }) => `${action} ${result}${result === 'refused' ? ` ${reason}` : ''}`)
        .reverse(),
  };
}

export type Office = Awaited<ReturnType<typeof openOffice>>;
