import type { z } from 'zod';
import { type Clock, hours } from '../../../core/clock';
import { newId, sha256 } from '../../../core/ids';
import { type Page, textIn, toPage } from '../../../core/paging';
import type { Database } from '../../../db/database';
import { fieldFaults, httpError } from '../../../http/errors';
import { actorOf, type GrantablePermission, isAllowed, type Viewer } from '../../../http/permissions';
import type { AccessService } from '../access';
import type { AuditService } from '../audit';
import type { Approval } from './approvals.entity';
import { approvalError } from './approvals.errors';
import type { ApprovalQuery, approvalView, DecisionBody, NewApproval } from './approvals.schema';
import { createApprovalStore } from './approvals.store';
import { createApprovalViews } from './approvals.views';
import { stateAt } from './rules';

type View = z.input<typeof approvalView>;

/** Who does it, for the rules and for the audit trail. */
export interface By {
  viewer: Viewer;
  address: string;
}

/** What an act is done to. */
export interface Subject {
  /** `<thing>:<id>` */
  target: string;
  /** The target in words. */
  subject: string;
  /** Accounts and staff members it is in favour of: `account:<id>`, `staff:<id>`. They may not decide. */
  gains?: readonly string[];
}

/** Who agreed. */
export interface Decided {
  approval_id: string;
  /** `account:<id>` */
  by: string;
  /** Why it was asked for. */
  reason: string;
}

/** An act that one person alone may not do. */
export interface SharedAct<P> {
  /** `<thing>.<act>` */
  key: string;
  /** Who may ask, and who may decide. */
  asks: GrantablePermission;
  decides: GrantablePermission;
  payload: z.ZodType<P>;
  /** Checks what can be checked before, so that nobody decides in vain. */
  describe(payload: P): Promise<Subject>;
  /** Does it. Runs inside the transaction that uses the request up, so it must touch nothing but this database. */
  execute(payload: P, by: By, decided: Decided): Promise<object | null>;
}

interface Deps {
  db: Database;
  clock: Clock;
  audit: Pick<AuditService, 'record'>;
  accounts: Pick<AccessService['accounts'], 'find'>;
}

export type ApprovalService = ReturnType<typeof createApprovalService>;

/** Asked, decided and carried out within this time. */
const lasts = hours(24);

const digestOf = ({ action, target, payload }: Pick<Approval, 'action' | 'target' | 'payload'>): string =>
  sha256(JSON.stringify([action, target, payload]));

/** Acts that need a second person (S12, A9): frozen when asked for, decided by somebody else, carried out once. */
export function createApprovalService({ db, clock, audit, accounts }: Deps) {
  const acts = new Map<string, SharedAct<unknown>>();
  const store = createApprovalStore(db);
  const decidable = (viewer: Viewer): string[] =>
    [...acts.values()].filter(({ decides }) => isAllowed(viewer, decides)).map(({ key }) => key);
  const { toView, barFor } = createApprovalViews({ clock, accounts, decidable });

  function actOf(key: string): SharedAct<unknown> {
    const act = acts.get(key);
    if (!act) throw approvalError('unknown_action');
    return act;
  }

  /** One the viewer asked for or may decide. @throws approval.unknown */
  async function seen(id: string, viewer: Viewer): Promise<Approval> {
    const found = await store.find(id);
    const isTheirs = found?.requested_by === viewer.id || decidable(viewer).includes(found?.action ?? '');
    if (!found || !isTheirs) throw approvalError('unknown');
    return found;
  }

  /** @throws approval.unknown when the viewer did not ask for it themselves */
  async function own(id: string, viewer: Viewer): Promise<Approval> {
    const found = await store.find(id);
    if (!found || viewer.kind !== 'account' || found.requested_by !== viewer.id) throw approvalError('unknown');
    return found;
  }

  const record = (what: string, approval: Approval, { viewer, address }: By, more: object = {}): Promise<void> => {
    const { id, action, target, digest, requested_by, decided_by } = approval;
    const detail = { action, subject: target, digest, requested_by, ...(decided_by ? { decided_by } : {}), ...more };
    const row = { actor: actorOf(viewer), action: `approval.${what}`, target: `approval:${id}`, address, detail };
    return audit.record({ ...row, result: 'ok', reason: approval.reason.slice(0, 255) });
  };

  /** Trying to decide one's own leaves a row, too. @throws approval.not_yours */
  async function assertSecondPerson(approval: Approval, { viewer, address }: By): Promise<void> {
    const bar = await barFor(approval, viewer);
    if (!bar) return;
    const row = { actor: actorOf(viewer), action: 'approval.decided', target: `approval:${approval.id}`, address };
    await audit.record({ ...row, result: 'refused', reason: bar });
    throw approvalError('not_yours', { bar });
  }

  /** Of two processes that try at the same time one goes on. @throws approval.not_approved, closed, changed */
  async function useUp(approval: Approval, by: By): Promise<void> {
    const now = clock.now();
    if (stateAt(approval, now) === 'pending') throw approvalError('not_approved');
    if (!(await store.move(approval.id, 'use', now, { used_at: now }))) throw approvalError('closed');
    if (digestOf(approval) !== approval.digest) throw approvalError('changed');
    await record('used', approval, by);
  }

  return {
    /** Makes an act known; call it once, when its service is made. */
    define<P>(act: SharedAct<P>): void {
      acts.set(act.key, act as SharedAct<unknown>);
    },

    /** What the service of an act throws when one person is not enough; the caller asks with the same payload. */
    required: (action: string, payload: object) =>
      approvalError('required', { action, payload: JSON.parse(JSON.stringify(payload)) }),

    /** @throws approval.unknown_action, http.forbidden, validation, and whatever `describe` finds wrong */
    async ask({ action, payload, reason }: NewApproval, by: By): Promise<View> {
      const act = actOf(action);
      if (by.viewer.kind !== 'account' || !isAllowed(by.viewer, act.asks)) throw httpError('forbidden');
      const parsed = act.payload.safeParse(payload);
      if (!parsed.success) throw httpError('validation', fieldFaults(parsed.error));
      const { target, subject, gains = [] } = await act.describe(parsed.data);
      const now = clock.now();
      const frozen = { action, target, payload: JSON.stringify(payload) };
      const approval: Approval = {
        ...{ id: newId(), ...frozen, digest: digestOf(frozen), subject: subject.slice(0, 255), gains: gains.join() },
        ...{ reason, state: 'pending', created_at: now, expires_at: new Date(now.getTime() + lasts) },
        ...{ requested_by: by.viewer.id, requester_staff_id: by.viewer.staffId },
        ...{ decided_by: null, decided_at: null, decision_reason: null, used_at: null },
      };
      await db.transact(async () => {
        await store.add(approval);
        await record('requested', approval, by);
      });
      return toView(approval, by.viewer);
    },

    /** @throws approval.unknown, not_yours, closed */
    async decide(id: string, { decision, reason }: DecisionBody, by: By): Promise<View> {
      const approval = await store.find(id);
      if (!approval) throw approvalError('unknown');
      const mayDecide = decidable(by.viewer).includes(approval.action);
      if (!mayDecide && approval.requested_by !== by.viewer.id) throw approvalError('unknown');
      await assertSecondPerson(approval, by);
      const decided_at = clock.now();
      const written = { decided_by: by.viewer.id, decided_at, decision_reason: reason ?? null };
      await db.transact(async () => {
        if (!(await store.move(id, decision, decided_at, written))) throw approvalError('closed');
        const told = reason === undefined ? {} : { decision_reason: reason };
        await record(decision === 'approve' ? 'approved' : 'refused', { ...approval, ...written }, by, told);
      });
      return toView(await seen(id, by.viewer), by.viewer);
    },

    /** @throws approval.unknown, closed */
    async withdraw(id: string, by: By): Promise<void> {
      const approval = await own(id, by.viewer);
      await db.transact(async () => {
        if (!(await store.move(id, 'withdraw', clock.now()))) throw approvalError('closed');
        await record('withdrawn', approval, by);
      });
    },

    /**
     * Request and act stand or fall together, so it happens once or not at all.
     * @throws approval.unknown, not_approved, closed, changed; http.forbidden; whatever the act throws
     */
    execute: (id: string, by: By): Promise<object | null> =>
      db.transact(async () => {
        const approval = await own(id, by.viewer);
        const act = actOf(approval.action);
        if (!isAllowed(by.viewer, act.asks)) throw httpError('forbidden');
        await useUp(approval, by);
        const decided = { approval_id: id, by: `account:${approval.decided_by}`, reason: approval.reason };
        return act.execute(act.payload.parse(JSON.parse(approval.payload)), by, decided);
      }),

    /** @throws approval.unknown */
    get: async (id: string, viewer: Viewer): Promise<View> => toView(await seen(id, viewer), viewer),

    /** Newest first. @throws paging.bad_cursor */
    async list({ view, limit, cursor }: ApprovalQuery, viewer: Viewer): Promise<Page<View>> {
      const before = cursor === undefined ? undefined : textIn(cursor);
      const at = clock.now();
      const narrowed = {
        waiting: { actions: decidable(viewer), open: { at } },
        mine: { requestedBy: viewer.id },
        decided: { actions: decidable(viewer), closed: { at } },
      }[view];
      const rows = await store.list({ ...narrowed, before, limit: limit + 1 });
      const shown = await Promise.all(rows.map((row) => toView(row, viewer)));
      const { items, next_cursor } = toPage(
        shown,
        limit,
        ({ id }) => [id],
        (row) => row,
      );
      return { items: view === 'waiting' ? items.filter(({ may_decide }) => may_decide) : items, next_cursor };
    },

    /** Writes down what is over; until then it counts as over all the same. */
    async expire(): Promise<void> {
      for (const { id } of await store.overdue(clock.now())) {
        await db.transact(async () => {
          if (!(await store.expire(id, clock.now()))) return;
          const target = `approval:${id}`;
          await audit.record({ actor: 'system', action: 'approval.expired', target, result: 'ok' });
        });
      }
    },
  };
}
