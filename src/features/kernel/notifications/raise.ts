import { newId } from '../../../core/ids';
import type { Logger } from '../../../core/logger';
import type { Database } from '../../../db/database';
import type { JobQueue, NewJob } from '../../../jobs';
import { type KindName, kindOf } from './kinds';
import { type Channel, channels } from './notifications.entity';
import type { NotificationStore } from './notifications.store';
import type { Preferences } from './preferences';
import { dueAt } from './quiet-hours';
import type { Recipient, Recipients, Subject } from './recipients';
import { type Params, render } from './render';

export const sendJob = 'notification.send';

/** Something to be told. */
export interface Occasion {
  kind: KindName;
  params: Params;
  /** Nobody is told twice of what has the same key. */
  dedupeKey: string;
  about?: Subject;
}

interface Deps {
  db: Database;
  queue: Pick<JobQueue, 'add'>;
  logger: Pick<Logger, 'info'>;
  store: NotificationStore;
  recipients: Recipients;
  preferences: Preferences;
}

/** Writes down who is told, and what goes out when. Must run inside `transact`. */
export function createRaise({ db, queue, logger, store, recipients, preferences }: Deps) {
  async function tell(recipient: Recipient, { kind, params, dedupeKey }: Occasion): Promise<void> {
    const id = newId();
    const row = { id, account_id: recipient.id, kind, dedupe_key: dedupeKey, params: JSON.stringify(params) };
    if (!(await store.add({ ...row, created_at: db.now(), read_at: null }))) return;
    const { setting, modes } = await preferences.waysOf(kind, recipient);
    for (const channel of channels) {
      const mode = modes[channel];
      if (mode === undefined || mode === 'off') continue;
      const due_at = dueAt(db.now(), mode, setting);
      await store.addDispatch({ id: newId(), notification_id: id, account_id: recipient.id, channel, due_at });
      await queue.add([jobOf(recipient.id, channel, due_at)]);
    }
  }

  return async (occasion: Occasion): Promise<void> => {
    // A template that does not fit is found out here, not when somebody reads.
    render(occasion.kind, occasion.params, 'zh-CN');
    const { audience, mandatory } = kindOf(occasion.kind);
    const told = await recipients.of(audience, occasion.about ?? {}, mandatory);
    if (told.length === 0) logger.info('a notification was dropped: nobody can be told', { kind: occasion.kind });
    for (const recipient of told) await tell(recipient, occasion);
  };
}

/** What is due to one person at one moment goes out as one message. */
const jobOf = (account_id: string, channel: Channel, due: Date): NewJob => ({
  kind: sendJob,
  lane: 'event',
  payload: { account_id, channel },
  runAt: due,
  serialKey: `notify:${account_id}:${channel}`,
  dedupeKey: `notify:${account_id}:${channel}:${due.getTime()}`,
});
