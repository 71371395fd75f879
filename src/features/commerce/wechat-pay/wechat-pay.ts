import { days } from '../../../core/clock';
import type { Logger } from '../../../core/logger';
import type { Vault } from '../../../core/vault';
import type { Database } from '../../../db/database';
import type { JobQueue } from '../../../jobs';
import type { Pay } from '../../../pay';
import type { AuditService } from '../../kernel/audit';
import type { DomainEvents } from '../../kernel/events';
import { createAsking } from './asking';
import { createFollowing } from './following';
import { createIntentStore } from './intents.store';
import { createPayNotifications } from './notifications.service';
import { createNotificationStore } from './notifications.store';
import { createOutcomes } from './outcomes';
import { createPayments } from './payments.service';
import { createPayReceiver } from './receiver';
import { createRefusals } from './refusals';

interface Deps {
  db: Database;
  vault: Vault;
  logger: Logger;
  queue: JobQueue;
  audit: Pick<AuditService, 'record'>;
  events: Pick<DomainEvents, 'publish'>;
  pay: Pay;
  /** Where this server is reached. */
  base(): string;
}

export type WechatPay = ReturnType<typeof createWechatPay>;

/** WeChat Pay as the rest of the product uses it. */
export function createWechatPay(deps: Deps) {
  const { db, logger, pay, base } = deps;
  const kept = createNotificationStore(deps);
  const refusals = createRefusals(deps);
  const store = createIntentStore(deps);
  const outcomes = createOutcomes({ ...deps, store });
  const asking = createAsking({ db, pay, store, outcomes, notifyUrl: () => `${base()}/callbacks/wechatpay` });
  const payments = createPayments({ db, pay, store, asking });
  const following = createFollowing({ ...deps, store, outcomes, asking, close: payments.close });
  return {
    payments,
    following,
    refusals,
    notifications: createPayNotifications({ ...deps, store: kept }),
    onTransaction: outcomes.onTransaction,
    onRefund: outcomes.onRefund,
    receiver: createPayReceiver({ pay, store: kept, refusals, logger }),
    purge: () => kept.forgetNonces(new Date(db.now().getTime() - days(1))),
  };
}
