import { days } from '../../../core/clock';
import type { Logger } from '../../../core/logger';
import type { Mailer } from '../../../core/mail';
import { textIn, toPage } from '../../../core/paging';
import type { Condition } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import type { Health } from '../../../http/health';
import type { Viewer } from '../../../http/permissions';
import { iso, isoOrNull } from '../../../http/schema';
import type { JobQueue } from '../../../jobs';
import type { MessageApi } from '../../../wecom';
import type { DomainEvents } from '../events';
import { type KindName, kindOf } from './kinds';
import type { Notification } from './notifications.entity';
import { notificationError } from './notifications.errors';
import type {
  NotificationPage,
  NotificationQuery,
  NotificationView,
  PreferencesBody,
  PreferencesView,
} from './notifications.schema';
import { createNotificationStore } from './notifications.store';
import { occasionListener } from './occasions';
import { createPreferences } from './preferences';
import { createRaise } from './raise';
import { createRecipients, type Recipient } from './recipients';
import { paramsOf, render } from './render';
import { notificationHandler } from './sender';
import { healthWatch } from './watch';

interface Deps {
  db: Database;
  queue: Pick<JobQueue, 'add'>;
  logger: Pick<Logger, 'info'>;
  wecom: { messages: Pick<MessageApi, 'sendText' | 'sendTextCard'> };
  /** None without SMTP_URL. */
  mailer: Mailer | undefined;
  /** Whether there is an app that messages come from. */
  hasAgent(): boolean;
  publicUrl: string | undefined;
  health: Pick<Health, 'report'>;
  events: Pick<DomainEvents, 'listen'>;
}

export type NotificationService = ReturnType<typeof createNotificationService>;

const keptMs = days(90);

/** One place for everything somebody should know (PLT-15): in the console, and from there to WeCom and mail. */
export function createNotificationService(deps: Deps) {
  const { db, mailer, hasAgent, events, health } = deps;
  const store = createNotificationStore(db);
  const recipients = createRecipients(db);
  const preferences = createPreferences({ db, reach: { wecom: hasAgent, mail: () => mailer !== undefined } });
  const parts = { ...deps, store, recipients, preferences };
  const raise = createRaise(parts);
  events.listen(occasionListener(db, raise));

  /** @throws notification.not_a_person */
  async function person({ kind, id }: Viewer): Promise<Recipient> {
    const found = kind === 'account' ? await recipients.find(id) : undefined;
    if (!found) throw notificationError('not_a_person');
    return found;
  }

  return {
    /** Must run inside `transact`. @returns the accounts that are told */
    raise,

    /** How many levels above the direct superiors of a staff member can be told something. */
    levelsAbove: async (userid: string): Promise<number> => (await recipients.levelsAbove(userid)).length,

    /** The viewer's own, newest first; a token has none. @throws paging.bad_cursor */
    async list({ limit, cursor, unread }: NotificationQuery, viewer: Viewer): Promise<NotificationPage> {
      if (viewer.kind !== 'account') return { items: [], next_cursor: null, unread: 0 };
      const conditions: Condition[] = [['account_id = ?', viewer.id]];
      if (unread) conditions.push(['read_at IS NULL']);
      if (cursor !== undefined) conditions.push(['id < ?', textIn(cursor)]);
      const rows = await store.where(conditions, limit + 1);
      return { ...toPage(rows, limit, (row) => [row.id], toView), unread: await store.unread(viewer.id) };
    },

    /** @returns how many are unread now. @throws notification.unknown */
    async read(id: string, viewer: Viewer): Promise<{ unread: number }> {
      const [row] = await store.where(
        [
          ['id = ?', id],
          ['account_id = ?', viewer.id],
        ],
        1,
      );
      if (!row || viewer.kind !== 'account') throw notificationError('unknown');
      await store.read(viewer.id, id);
      return { unread: await store.unread(viewer.id) };
    },

    async readAll(viewer: Viewer): Promise<{ unread: number }> {
      if (viewer.kind === 'account') await store.read(viewer.id);
      return { unread: 0 };
    },

    /** @throws notification.not_a_person */
    preferences: async (viewer: Viewer): Promise<PreferencesView> => preferences.view(await person(viewer)),

    /** @throws notification.not_a_person */
    async setPreferences(body: PreferencesBody, viewer: Viewer): Promise<PreferencesView> {
      const recipient = await person(viewer);
      await db.transact(() => preferences.save(recipient.id, body));
      return preferences.view(recipient);
    },

    handler: () => notificationHandler(parts),
    /** For the schedule. */
    watch: healthWatch(db, health, raise),
    /** Forgets what is older than 90 days. */
    purge: () => store.purge(new Date(db.now().getTime() - keptMs)),
  };
}

function toView({ id, kind, created_at, read_at, ...row }: Notification): NotificationView {
  const name = kind as KindName;
  const given = paramsOf(row);
  return {
    ...{ id, kind: name, link: kindOf(name).link, count: row.count ?? 1 },
    words: { 'zh-CN': render(name, given, 'zh-CN'), en: render(name, given, 'en') },
    created_at: iso(created_at),
    read_at: isoOrNull(read_at),
  };
}
