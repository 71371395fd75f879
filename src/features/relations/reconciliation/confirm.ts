import { groupBy } from '../../../core/collections';
import { failpoint } from '../../../core/failpoints';
import type { JobHandler } from '../../../jobs';
import { isErrcode } from '../../../wecom';
import { isRefusal } from '../../../wecom/errors';
import type { Origin } from '../external-contacts';
import type { PhaseDeps } from './phase';
import type { Difference } from './reconciliation.entity';

export const confirmJob = 'reconciliation.confirm';

/** The subjects of events that arrived after a mark. */
export type Arrivals = (afterId: number) => Promise<Set<string>>;

/**
 * The second look at what a run found: a relation that is still absent is missing; what an event has told in the
 * meantime was merely late; the rest was silent.
 */
export function confirmHandler(deps: PhaseDeps, arrivals: Arrivals): JobHandler {
  const { db, wecom, staff, externalContacts, differences } = deps;
  const { store, presence } = externalContacts;

  async function settle(difference: Difference, lists: Map<string, Set<string> | undefined>, told: Set<string>) {
    if (difference.state === 'unconfirmed') return settleMissing(difference, lists, told);
    return differences.settle(difference.id, 'applied', silentOr(difference, told));
  }

  async function settleMissing(
    difference: Difference,
    lists: Map<string, Set<string> | undefined>,
    told: Set<string>,
  ): Promise<unknown> {
    const listed = lists.get(difference.userid ?? '');
    const relation = await pairOf(difference);
    if (!listed || !relation) return differences.settle(difference.id, 'held', 'unreadable');
    if (listed.has(relation.external_userid)) {
      await store.setAbsent([relation.id], null);
      return differences.settle(difference.id, 'withdrawn', null);
    }
    // The second look of another run came first.
    if (relation.state === 'missing') return differences.confirm(difference, silentOr(difference, told));
    // An event told the end in the meantime, or a departure did.
    if (relation.absent_since === null) return differences.settle(difference.id, 'applied', 'event_late');
    const origin: Origin = { source: 'reconciliation', ref: difference.run_id, at: db.now() };
    await presence.insist(relation, 'missing', relation.absent_since, origin);
    return differences.confirm(difference, silentOr(difference, told));
  }

  async function pairOf({ userid, external_userid }: Difference) {
    const ids = await staff.resolve(userid ? [userid] : []);
    return store.pair(ids.get(userid ?? '') ?? '', external_userid ?? '');
  }

  /** @returns undefined for a member who cannot be read: nothing is concluded */
  async function listOf(userid: string, gone: number, signal: AbortSignal): Promise<Set<string> | undefined> {
    try {
      const list = await wecom.externalContacts.list(userid, { lane: 'bulk', signal });
      return list.length === 0 && (await holdsMore(userid, gone)) ? undefined : new Set(list);
    } catch (error) {
      if (isRefusal(error) || isErrcode(error, [60111, 40003, 46004])) return undefined;
      throw error;
    }
  }

  /** No list at all of whom the first read showed with others: a short answer, and no loss (violations 2.2.8). */
  async function holdsMore(userid: string, gone: number): Promise<boolean> {
    const [member] = await staff.store.byKeys([userid]);
    return (await store.countOfStaff(member?.id ?? '', ['active', 'deleted_by_external'])) > gone;
  }

  return {
    kind: confirmJob,
    resumable: true,
    async handle(job) {
      const told = await arrivals(Number(job.payload.inbox_mark));
      let after = 0;
      for (;;) {
        const open = await differences.open(String(job.payload.run_id), after);
        if (open.length === 0) return;
        const missing = open.filter((d) => d.state === 'unconfirmed' && d.userid);
        const lists = new Map<string, Set<string> | undefined>();
        for (const [userid, gone] of groupBy(missing, (d) => d.userid ?? '')) {
          lists.set(userid, await listOf(userid, gone.length, job.signal));
        }
        await job.step(async () => {
          for (const difference of open) await settle(difference, lists, told);
          failpoint('confirm.settled');
        });
        after = open.at(-1)?.id ?? after;
      }
    },
  };
}

const silentOr = (difference: Difference, told: Set<string>): string =>
  wasTold(difference, told) ? 'event_late' : 'no_event';

/** Events about tags and departments do not say of which: one of the family is enough. */
function wasTold({ kind, subject }: Difference, told: Set<string>): boolean {
  if (kind.startsWith('corp_tag')) return told.has('change_external_tag');
  if (kind.startsWith('department')) return told.has('change_contact');
  return told.has(subject);
}
