import { insertRows } from '../../../db/bulk';
import type { Database } from '../../../db/database';
import { defaultModes, type KindName, kindNames, kindOf, mandatoryModes } from './kinds';
import type { Channel, Mode, NotificationPreference, NotificationSetting } from './notifications.entity';
import type { PreferencesBody, PreferencesView } from './notifications.schema';
import type { Recipient } from './recipients';

export interface Reach {
  wecom(): boolean;
  mail(): boolean;
}

export type Preferences = ReturnType<typeof createPreferences>;
type Setting = Omit<NotificationSetting, 'account_id' | 'updated_at'>;

const unset: Setting = { email: null, quiet_from: null, quiet_until: null, language: 'zh-CN' };

/** What somebody wants to be told, how and when. */
export function createPreferences({ db, reach }: { db: Database; reach: Reach }) {
  async function setting(accountId: string): Promise<Setting> {
    const sql = 'SELECT * FROM notification_setting WHERE account_id = ?';
    const [row] = await db.query<NotificationSetting>(sql, [accountId]);
    return row ?? unset;
  }

  async function chosen(accountId: string): Promise<Map<string, NotificationPreference>> {
    const sql = 'SELECT * FROM notification_preference WHERE account_id = ?';
    const rows = await db.query<NotificationPreference>(sql, [accountId]);
    return new Map(rows.map((row) => [row.kind, row]));
  }

  const channelsOf = ({ userid }: Recipient, { email }: Setting): Record<Channel, boolean> => ({
    wecom: userid !== null && reach.wecom(),
    mail: email !== null && reach.mail(),
  });

  return {
    setting,

    /** Over which channels a kind goes to somebody, and how. */
    async waysOf(
      kind: KindName,
      recipient: Recipient,
    ): Promise<{ setting: Setting; modes: Partial<Record<Channel, Mode>> }> {
      const own = await setting(recipient.id);
      const modes = kindOf(kind).mandatory ? mandatoryModes : ((await chosen(recipient.id)).get(kind) ?? defaultModes);
      const open = channelsOf(recipient, own);
      return {
        setting: own,
        modes: { ...(open.wecom ? { wecom: modes.wecom } : {}), ...(open.mail ? { mail: modes.mail } : {}) },
      };
    },

    async view(recipient: Recipient): Promise<PreferencesView> {
      const own = await setting(recipient.id);
      const choices = await chosen(recipient.id);
      const { email, quiet_from, quiet_until, language } = own;
      return {
        ...{ email, quiet_from, quiet_until, language },
        channels: channelsOf(recipient, own),
        kinds: kindNames.map((kind) => {
          const { mandatory, 'zh-CN': zh, en } = kindOf(kind);
          const { wecom, mail } = mandatory ? mandatoryModes : (choices.get(kind) ?? defaultModes);
          return { kind, title: { 'zh-CN': zh.title, en: en.title }, mandatory, wecom, mail };
        }),
      };
    },

    /** What is mandatory stays as it is, whatever is asked. Must run inside `transact`. */
    async save(accountId: string, { kinds, ...given }: PreferencesBody): Promise<void> {
      const columns = ['account_id', 'email', 'quiet_from', 'quiet_until', 'language', 'updated_at'];
      const onConflict = { keys: ['account_id'], update: columns.slice(1) };
      const { email, quiet_from, quiet_until, language } = given;
      await insertRows(db, { table: 'notification_setting', columns, onConflict }, [
        [accountId, email, quiet_from, quiet_until, language, db.now()],
      ]);
      const free = kinds.filter(({ kind }) => !kindOf(kind).mandatory);
      await insertRows(
        db,
        {
          table: 'notification_preference',
          columns: ['account_id', 'kind', 'wecom', 'mail'],
          onConflict: { keys: ['account_id', 'kind'], update: ['wecom', 'mail'] },
        },
        free.map(({ kind, wecom, mail }) => [accountId, kind, wecom, mail]),
      );
    },
  };
}
