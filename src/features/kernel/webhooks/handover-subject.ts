import type { Database } from '../../../db/database';
import { actorOf } from '../../../http/permissions';
import type { HandoverSubject } from '../../handover/departures';
import type { AccessService } from '../access';
import type { AuditService } from '../audit';
import { createSubscriptionStore, type Subscription } from './subscriptions.store';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record'>;
  access: Pick<AccessService, 'accounts' | 'sessions'>;
}

/** Webhooks somebody created: whoever has them is told when one was switched off. */
export function createWebhookSubject({ db, audit, access }: Deps): HandoverSubject {
  const store = createSubscriptionStore(db);

  /** Only whoever has an account can be told. */
  async function accountOf(staffId: string): Promise<string | undefined> {
    for (const account of await access.accounts.ofStaff(staffId)) {
      if (await access.sessions.mayOpen(account)) return account.id;
    }
    return undefined;
  }

  return {
    kind: 'webhook',

    async of({ id }) {
      const own: Subscription[] = [];
      for (const actor of await access.accounts.actorsOf(id)) own.push(...(await store.createdBy(actor)));
      return own.map((row) => ({
        ...{ id: row.id, title: new URL(row.url).host, link: `/settings/webhooks/${row.id}`, movable: true },
      }));
    },

    async hand(id, to, { viewer, address }) {
      const account = to && (await accountOf(to.id));
      if (!account) return 'left';
      await store.give(id, `account:${account}`);
      const row = { actor: actorOf(viewer), action: 'webhook.given', target: `webhook:${id}`, address };
      await audit.record({ ...row, result: 'ok', detail: { to: `account:${account}` } });
      return 'moved';
    },
  };
}
