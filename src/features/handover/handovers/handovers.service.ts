import { newId } from '../../../core/ids';
import type { Database } from '../../../db/database';
import { actorOf } from '../../../http/permissions';
import type { Runs, RunView } from '../../../jobs';
import type { ApprovalService, By } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';
import type { ScopeService } from '../../kernel/scope';
import { createDrafting, type Drafted, wayOf } from './drafting';
import { refreshKind, submitKind } from './follow';
import { pairsOf, reverseOf } from './hand-back';
import { defineSubmission, submitAct } from './handovers.acts';
import type { Handover } from './handovers.entity';
import { handoverError } from './handovers.errors';
import type { ChangedHandover, HandoverView, NewHandover } from './handovers.schema';
import type { HandoverStore } from './handovers.store';
import { createHandoverViews } from './handovers.views';
import { createItemChanges } from './item-changes';
import type { Outcome } from './item-rows';
import type { ItemStore } from './items.store';
import { createReplanning } from './replanning';
import { createRewarning } from './rewarning';

interface Deps {
  db: Database;
  scopes: ScopeService;
  audit: Pick<AuditService, 'record' | 'names'>;
  approvals: Pick<ApprovalService, 'define' | 'required'>;
  runs: Pick<Runs, 'start'>;
  store: HandoverStore;
  items: ItemStore;
  /** From so many items on two people are needed; 0: never. */
  secondPersonFrom: number;
}

/** Plans that give what somebody holds to colleagues: made, changed, let go, followed (WCM-07, EXT-31, CUS-04). */
export function createHandoverService({ db, scopes, audit, approvals, runs, store, items, secondPersonFrom }: Deps) {
  const drafting = createDrafting({ db, scopes });
  const views = createHandoverViews({ db, scopes, audit, store });

  const record = (action: string, id: string, { viewer, address }: By, detail: object = {}): Promise<void> =>
    audit.record({ actor: actorOf(viewer), action, target: `handover:${id}`, result: 'ok', address, detail });

  async function keep(body: NewHandover, drafted: Drafted, by: By, reverses: string | null = null): Promise<string> {
    const handover = { ...newRow(body, drafted, actorOf(by.viewer), db.now()), reverses_id: reverses };
    await db.transact(async () => {
      await store.add(
        handover,
        drafted.givers.map(({ staff_id }) => staff_id),
      );
      await items.put(handover.id, drafting.itemsOf(drafted));
      const from = drafted.givers.map(({ userid }) => userid);
      await record('handover.planned', handover.id, by, { from, items: drafted.choices.length });
    });
    return handover.id;
  }

  /** Lets it go: from here on WeCom is asked. Must run inside a transaction. @throws handover.nothing_to_submit */
  async function release(handover: Handover, by: Pick<By, 'address'> & { actor: string }): Promise<RunView> {
    const { planned = 0 } = await items.countByState(handover.id);
    if (planned === 0) throw handoverError('nothing_to_submit');
    const after = { state: 'under_way', submitted_by: by.actor, ended_at: null, held_at: null } as const;
    const submitted_at = handover.submitted_at ?? db.now();
    const isReleased = await store.change(handover, ['draft', 'scheduled', 'under_way', 'done'], {
      ...after,
      submitted_at,
    });
    if (!isReleased) throw handoverError('version_conflict');
    if (handover.submitted_at === null) await items.forget(handover.id);
    const nobodys = await items.where([
      ["i.handover_id = ? AND i.state = 'planned' AND i.to_staff_id IS NULL", handover.id],
    ]);
    const outcome: Outcome = { state: 'failed', step: 'failed', reason: 'no_successor' };
    await items.settle(
      nobodys.map((item) => ({ item, outcome })),
      { actor: by.actor },
    );
    const row = {
      actor: by.actor,
      action: 'handover.submitted',
      target: `handover:${handover.id}`,
      address: by.address,
    };
    await audit.record({ ...row, result: 'ok', detail: { items: planned, without_successor: nobodys.length } });
    return runs.start(submitKind, { handover_id: handover.id }, by.actor);
  }

  const needsTwo = async (id: string): Promise<boolean> => {
    const { planned = 0 } = await items.countByState(id);
    return secondPersonFrom > 0 && planned >= secondPersonFrom;
  };

  /** Must run inside a transaction. */
  async function plan(handover: Handover, scheduledFor: Date | null, by: By): Promise<void> {
    const { planned = 0 } = await items.countByState(handover.id);
    if (scheduledFor !== null && planned === 0) throw handoverError('nothing_to_submit');
    const state = scheduledFor === null ? 'draft' : 'scheduled';
    const isChanged = await store.change(handover, ['draft', 'scheduled'], { state, scheduled_for: scheduledFor });
    if (!isChanged) throw handoverError('not_a_draft');
    await record('handover.scheduled', handover.id, by, { scheduled_for: scheduledFor });
  }

  defineSubmission(approvals, {
    describe: async (id) => (await store.find(id)) ?? Promise.reject(handoverError('not_found', { id })),
    async execute({ id, version, scheduledFor }, by) {
      const handover = await views.seen(id, by.viewer);
      // What was agreed to is this plan, not what became of it since.
      if (handover.version !== version) throw handoverError('version_conflict');
      if (scheduledFor !== null) return plan(handover, scheduledFor, by);
      await release(handover, { actor: actorOf(by.viewer), address: by.address });
    },
  });

  return {
    views,
    changes: createItemChanges({
      ...{ db, items, views, store, drafting, record, secondPersonFrom },
      rewarn: createRewarning({ db, items }),
    }),
    replan: createReplanning({ db, items, views, store, drafting, record }),

    /** A draft, or with `dry_run` what it would be. @throws http.validation, handover.nothing_to_hand_over, nobody_to_take */
    async create(body: NewHandover, by: By): Promise<HandoverView> {
      const drafted = await drafting.draft(body, by.viewer);
      if (!body.dry_run) return views.get(await keep(body, drafted, by), by.viewer);
      const row = newRow(body, drafted, actorOf(by.viewer), db.now());
      return views.dryRun(drafted, body, { ...row, id: null });
    },

    /** A draft that gives back what was taken over, to those of the givers who serve. @throws handover.nothing_to_hand_over */
    async handBack(id: string, by: By): Promise<HandoverView> {
      const handover = await views.seen(id, by.viewer);
      const taken = await items.where([
        ["i.handover_id = ? AND i.state = 'taken_over' AND f.departed_at IS NULL AND t.departed_at IS NULL", id],
      ]);
      if (taken.length === 0) throw handoverError('nothing_to_hand_over');
      const body = reverseOf(handover, taken);
      const drafted = await drafting.draft(body, by.viewer, { isInIt: pairsOf(taken), keepers: [] });
      return views.get(await keep(body, drafted, by, id), by.viewer);
    },

    /** @throws handover.not_found, not_a_draft, version_conflict */
    async change(id: string, { version, ...after }: ChangedHandover, by: By): Promise<HandoverView> {
      const handover = await views.seen(id, by.viewer);
      if (handover.state !== 'draft') throw handoverError('not_a_draft');
      await db.transact(async () => {
        if (!(await store.change({ id, version }, ['draft'], after))) throw handoverError('version_conflict');
        await record('handover.changed', id, by);
      });
      return views.get(id, by.viewer);
    },

    /** Above the threshold both this and letting it go at once need a second person. @throws approval.required */
    async schedule(id: string, scheduledFor: Date | null, by: By): Promise<HandoverView> {
      const handover = await views.seen(id, by.viewer);
      if (scheduledFor !== null && (await needsTwo(id))) {
        const { version } = handover;
        throw approvals.required(submitAct, { id, version, scheduled_for: scheduledFor.toISOString() });
      }
      await db.transact(() => plan(handover, scheduledFor, by));
      return views.get(id, by.viewer);
    },

    /** @throws handover.not_found, nothing_to_submit; approval.required */
    async submit(id: string, by: By): Promise<RunView> {
      const handover = await views.seen(id, by.viewer);
      if (handover.state === 'cancelled') throw handoverError('not_a_draft');
      if (handover.submitted_at === null && (await needsTwo(id))) {
        throw approvals.required(submitAct, { id, version: handover.version, scheduled_for: null });
      }
      return db.transact(() => release(handover, { actor: actorOf(by.viewer), address: by.address }));
    },

    /** Asks WeCom about everybody who waits, whether it is their time or not. */
    async refresh(id: string, by: By): Promise<RunView> {
      await views.seen(id, by.viewer);
      return runs.start(refreshKind, { handover_id: id }, actorOf(by.viewer));
    },

    /** What has not gone out stays. WeCom cannot be asked to take back what has: that is followed to its end. */
    async cancel(id: string, by: By): Promise<HandoverView> {
      const handover = await views.seen(id, by.viewer);
      await db.transact(async () => {
        const isUntouched = handover.submitted_at === null;
        if (isUntouched) await items.forget(id);
        const held = await items.holdBack(id, { actor: actorOf(by.viewer) });
        const after = isUntouched ? ({ state: 'cancelled', ended_at: db.now() } as const) : { held_at: db.now() };
        if (!(await store.change(handover, ['draft', 'scheduled', 'under_way'], after))) {
          throw handoverError('version_conflict');
        }
        await record('handover.cancelled', id, by, { items: held });
      });
      return views.get(id, by.viewer);
    },

    /** Lets go of what is due by its schedule. One that nothing is left of becomes a draft, and keeps no other waiting. */
    async releaseDue(): Promise<void> {
      const due = await store.where([["h.state = 'scheduled' AND h.scheduled_for <= ?", db.now()]], 50);
      for (const handover of due) {
        const { planned = 0 } = await items.countByState(handover.id);
        await db.transact(async () => {
          if (planned > 0) await release(handover, { actor: handover.created_by, address: 'schedule' });
          else await store.change(handover, ['scheduled'], { state: 'draft', scheduled_for: null });
        });
      }
    },
  };
}

const nameOf = ({ name }: NewHandover, { givers }: Drafted): string => {
  if (name !== undefined) return name;
  const names = givers.slice(0, 3).map((giver) => giver.name ?? giver.userid);
  const more = givers.length > names.length ? ` +${givers.length - names.length}` : '';
  return `${names.join('、')}${more}`.slice(0, 120);
};

function newRow(body: NewHandover, drafted: Drafted, actor: string, now: Date): Handover {
  return {
    ...{ id: newId(), name: nameOf(body, drafted), state: 'draft', message: body.message ?? null },
    ...wayOf(body, drafted),
    ...{ second_candidate: body.second_candidate, carry_over: body.carry_over, finding_id: body.finding_id ?? null },
    ...{ reverses_id: null, scheduled_for: null, created_by: actor, submitted_by: null, version: 1 },
    ...{ created_at: now, updated_at: now, submitted_at: null, ended_at: null, held_at: null },
  };
}
