import { newId } from '../../../core/ids';
import type { Logger } from '../../../core/logger';
import type { Database } from '../../../db/database';
import type { JobQueue, NewJob } from '../../../jobs';
import { createGrouping, gatherMs, isUrgent, type Written } from './grouping';
import { type KindName, kindOf } from './kinds';
import { type Channel, channels, type Mode } from './notifications.entity';
import type { NotificationStore } from './notifications.store';
import type { Preferences } from './preferences';
import { dueAt, type Quiet } from './quiet-hours';
import type { Recipient, Recipients, Subject } from './recipients';
import { type Params, render, timesOf } from './render';

export const sendJob = 'notification.send';

/** Something to be told. */
export type Occasion = Key & {
  kind: KindName;
  params: Params;
  about?: Subject;
};

/**
 * Nobody is told twice of what has the same `dedupeKey`. What has the same `groupKey` within ten minutes is one
 * notification that counts, so whoever raises it sees to it that it is raised once.
 */
export type Key = { dedupeKey: string; groupKey?: undefined } | { groupKey: string; dedupeKey?: undefined };

type OnMode = Exclude<Mode, 'off'>;
type Due = { due_at: Date };

interface Deps {
  db: Database;
  queue: Pick<JobQueue, 'add'>;
  logger: Pick<Logger, 'info'>;
  store: NotificationStore;
  recipients: Recipients;
  preferences: Preferences;
}

/** Writes down who is told, and what goes out when. Must run inside `transact`. @returns the accounts that are told */
export function createRaise({ db, queue, logger, store, recipients, preferences }: Deps) {
  const write = createGrouping({ db, store });

  /** What counts one more waits for others, so that a hundred are not a hundred messages. */
  function outAt({ isOneMore }: Written, { params }: Occasion, setting: Quiet, mode: OnMode): Date {
    if (isUrgent(params)) return db.now();
    return dueAt(new Date(db.now().getTime() + (isOneMore ? gatherMs : 0)), mode, setting);
  }

  async function send(account_id: string, channel: Channel, { id, isOneMore, due_at }: Written & Due): Promise<void> {
    if (isOneMore && !(await store.again(id, channel, due_at))) return;
    if (!isOneMore) await store.addDispatch({ id: newId(), notification_id: id, account_id, channel, due_at });
    await queue.add([sendingJob(account_id, channel, due_at)]);
  }

  async function tell(recipient: Recipient, occasion: Occasion): Promise<void> {
    const written = await write(recipient.id, occasion);
    if (!written) return;
    const { setting, modes } = await preferences.waysOf(occasion.kind, recipient);
    for (const channel of channels) {
      const mode = modes[channel];
      if (mode === undefined || mode === 'off') continue;
      await send(recipient.id, channel, { ...written, due_at: outAt(written, occasion, setting, mode) });
    }
  }

  return async (occasion: Occasion): Promise<string[]> => {
    // A template that does not fit is found out here, not when somebody reads.
    render(occasion.kind, { ...occasion.params, times: timesOf(1) }, 'zh-CN');
    const { audience, mandatory } = kindOf(occasion.kind);
    const told = await recipients.of(audience, occasion.about ?? {}, mandatory);
    if (told.length === 0) logger.info('a notification was dropped: nobody can be told', { kind: occasion.kind });
    for (const recipient of told) await tell(recipient, occasion);
    return told.map(({ id }) => id);
  };
}

/** What is due to one person at one moment goes out as one message. */
export const sendingJob = (account_id: string, channel: Channel, due: Date): NewJob => ({
  kind: sendJob,
  lane: 'event',
  payload: { account_id, channel },
  runAt: due,
  serialKey: `notify:${account_id}:${channel}`,
  dedupeKey: `notify:${account_id}:${channel}:${due.getTime()}`,
});
