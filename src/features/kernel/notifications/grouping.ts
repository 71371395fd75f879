import { minutes, seconds } from '../../../core/clock';
import { newId } from '../../../core/ids';
import type { Database } from '../../../db/database';
import type { Notification } from './notifications.entity';
import type { NotificationStore } from './notifications.store';
import type { Occasion } from './raise';
import type { Params } from './render';

/** What belongs together is one notification for so long, from the first on. */
const togetherMs = minutes(10);
/** Once the first is out, a message waits so long for more. */
export const gatherMs = seconds(60);

/** Least first; what is less is not told. */
const severities = ['medium', 'high', 'critical'];
const rank = ({ severity = '' }: Params): number => severities.indexOf(severity);
/** It waits neither for more nor for the end of quiet hours. */
export const isUrgent = ({ severity }: Params): boolean => severity === 'critical';

type Keyed = Pick<Notification, 'account_id' | 'dedupe_key' | 'group_key' | 'count'>;

export interface Written {
  id: string;
  /** It was told before, and counts one more now. */
  isOneMore: boolean;
}

/** Writes a notification down, or counts it in the one it belongs to. Must run inside `transact`. */
export function createGrouping({ db, store }: { db: Database; store: NotificationStore }) {
  async function insert(row: Keyed, { kind, params }: Occasion): Promise<Written | undefined> {
    const id = newId();
    const told = { ...row, id, kind, params: JSON.stringify(params), created_at: db.now(), read_at: null };
    return (await store.add(told)) ? { id, isOneMore: false } : undefined;
  }

  async function join(id: string, params: Params): Promise<Written> {
    // First the row is ours; then nobody else changes what is read.
    await store.oneMore(id);
    const before = await store.paramsOf(id);
    if (rank(params) > rank(before)) await store.say(id, params);
    return { id, isOneMore: true };
  }

  /** @returns undefined when the account was told already */
  return async (account_id: string, occasion: Occasion): Promise<Written | undefined> => {
    const { dedupeKey, groupKey, params } = occasion;
    if (groupKey === undefined) {
      return insert({ account_id, dedupe_key: dedupeKey, group_key: null, count: null }, occasion);
    }
    const since = new Date(db.now().getTime() - togetherMs);
    const last = await store.lastOf(account_id, groupKey);
    if (last && last.created_at > since) return join(last.id, params);
    // Of two at the same time one begins the group: both name it by what was before.
    const dedupe_key = `${groupKey}:after:${last?.id ?? 'none'}`;
    const begun = await insert({ account_id, dedupe_key, group_key: groupKey, count: 1 }, occasion);
    if (begun) return begun;
    const other = await store.lastOf(account_id, groupKey);
    return other && join(other.id, params);
  };
}
