import { days, shanghaiDay } from '../../../core/clock';
import type { Database } from '../../../db/database';
import type { DomainEvent, EventListener, EventType } from '../events';
import { ofHandover } from './handover-occasions';
import type { Occasion } from './raise';

type Of<T extends EventType> = Extract<DomainEvent, { type: T }>;

const heard: readonly EventType[] = [
  'run.finished',
  'reconciliation.difference_confirmed',
  'finding.raised',
  'staff.departed',
  'departure.overdue',
  'handover.ended',
  'audit.recorded',
];

/** What of all that happens is worth telling somebody. */
export const occasionListener = (db: Database, raise: (occasion: Occasion) => Promise<unknown>): EventListener => ({
  wanted: async (types) => types.filter((type) => heard.includes(type)),
  async hear(events) {
    for (const event of events) for (const occasion of await occasionsOf(db, event)) await raise(occasion);
  },
});

async function occasionsOf(db: Database, event: DomainEvent): Promise<Occasion[]> {
  if (event.type === 'handover.ended') return ofHandover(db, event.data);
  const occasion = await occasionOf(db, event);
  return occasion ? [occasion] : [];
}

async function occasionOf(db: Database, event: DomainEvent): Promise<Occasion | undefined> {
  if (event.type === 'run.finished') return ofRun(db, event);
  if (event.type === 'reconciliation.difference_confirmed') return ofDifference(event);
  if (event.type === 'finding.raised') return ofFinding(event);
  if (event.type === 'staff.departed') return ofDeparture(db, event);
  if (event.type === 'departure.overdue') return ofOverdue(event);
  return event.type === 'audit.recorded' ? ofAct(db, event) : undefined;
}

/** A run that failed, or one that held back what it saw vanish (violations §2.2 trap 7). */
async function ofRun(
  db: Database,
  { data: { run_id, kind, state } }: Of<'run.finished'>,
): Promise<Occasion | undefined> {
  if (state === 'succeeded') return heldBack(db, run_id);
  if (state !== 'failed') return undefined;
  const dedupeKey = `run:${run_id}`;
  if (kind === 'backup') return { kind: 'backup_failed', params: {}, dedupeKey };
  return { kind: 'run_failed', params: { run: kind }, dedupeKey };
}

async function heldBack(db: Database, runId: string): Promise<Occasion | undefined> {
  const sql =
    "SELECT COUNT(*) AS n FROM difference WHERE run_id = ? AND state = 'held' AND explanation = 'scope_changed'";
  const [row] = await db.query<{ n: unknown }>(sql, [runId]);
  const count = Number(row?.n ?? 0);
  const params = { count: String(count) };
  return count === 0 ? undefined : { kind: 'scope_changed', params, dedupeKey: `scope:${runId}` };
}

/** One for each member and run, however many differences there are. */
function ofDifference({ data }: Of<'reconciliation.difference_confirmed'>): Occasion | undefined {
  const { run_id, userid, kind } = data;
  if (userid === null) return undefined;
  const params = { userid, difference: kind };
  return { kind: 'difference_confirmed', params, dedupeKey: `difference:${run_id}:${userid}`, about: { userid } };
}

/** What is merely worth a look waits in the list. What one detector finds of one person belongs together. */
function ofFinding({ data }: Of<'finding.raised'>): Occasion | undefined {
  const { detector, severity, userid } = data;
  if (severity === 'lead' || severity === 'low') return undefined;
  const params = { userid: userid ?? '', detector, severity };
  const about = userid === null ? {} : { userid };
  return { kind: 'finding_raised', params, groupKey: `finding:${detector}:${userid ?? ''}`, about };
}

/** What is learnt late is seen in the list, and told as overdue: a first read would tell of every leaver there is. */
const newsMs = days(3);

async function ofDeparture(
  db: Database,
  { data: { userid }, occurred_at }: Of<'staff.departed'>,
): Promise<Occasion | undefined> {
  if (db.now().getTime() - occurred_at.getTime() > newsMs) return undefined;
  const [held] = await db.query<{ contacts: unknown; owned: unknown }>(
    `SELECT (SELECT COUNT(*) FROM relation r WHERE r.staff_id = s.id
         AND r.state IN ('active', 'unassigned', 'deleted_by_external')) AS contacts,
       (SELECT COUNT(*) FROM group_chat g WHERE g.owner = s.userid AND g.state = 'active') AS owned
     FROM staff s WHERE s.userid = ?`,
    [userid],
  );
  const params = { userid, contacts: String(Number(held?.contacts ?? 0)), groups: String(Number(held?.owned ?? 0)) };
  const dedupeKey = `left:${userid}:${occurred_at.toISOString()}`;
  return { kind: 'staff_left', params, dedupeKey, about: { userid } };
}

/** Once a day for each departure. */
function ofOverdue({ data, occurred_at }: Of<'departure.overdue'>): Occasion {
  const { departure_id, userid, contacts, groups, subjects } = data;
  const params = { userid, contacts: String(contacts), groups: String(groups), subjects: String(subjects) };
  const dedupeKey = `overdue:${departure_id}:${shanghaiDay(occurred_at)}`;
  return { kind: 'departure_overdue', params, dedupeKey, about: { userid } };
}

async function ofAct(db: Database, { data, occurred_at }: Of<'audit.recorded'>): Promise<Occasion | undefined> {
  const { action, target, actor, result, detail } = data;
  const accountId = target.replace(/^account:/, '');
  const dedupeKey = `${action}:${target}:${occurred_at.toISOString()}`;
  if (action === 'audit.verified' && result === 'failed') {
    return { kind: 'audit_broken', params: {}, dedupeKey: `audit:${shanghaiDay(occurred_at)}` };
  }
  if (action === 'archive.verified' && result === 'failed') {
    return { kind: 'archive_broken', params: {}, dedupeKey: `archive:${shanghaiDay(occurred_at)}` };
  }
  if (result !== 'ok') return undefined;
  if (action === 'account.roles_changed') {
    return { kind: 'roles_changed', params: { actor: await nameOf(db, actor) }, dedupeKey, about: { accountId } };
  }
  if (action === 'api_token.issued') {
    const params = { actor: await nameOf(db, actor), token: await nameOf(db, target) };
    return { kind: 'api_token_issued', params, dedupeKey };
  }
  const watch = lowered[action];
  if (watch) {
    const params = { actor: await nameOf(db, actor), watch, name: await nameOf(db, target) };
    return { kind: 'watch_lowered', params, dedupeKey };
  }
  if (action === 'webhook.disabled') return ofWebhook(db, target, { ...detail });
  return action === 'session.opened' ? ofSignIn(db, data, dedupeKey) : undefined;
}

/** One officer alone may look less closely, and not unseen. */
const lowered: Readonly<Record<string, string>> = { 'rule.switched_off': 'rule', 'word_list.disabled': 'word_list' };

const holders: Readonly<Record<string, string>> = {
  ...{ account: 'account', token: 'api_token' },
  ...{ rule: 'risk_rule', word_list: 'archive_word_list' },
};

/** `account:<id>` by its name; the server's own command line stays `host`. */
async function nameOf(db: Database, spelled: string): Promise<string> {
  const [kind = '', id = ''] = spelled.split(':');
  const table = holders[kind];
  const [row] = table ? await db.query<{ name: string }>(`SELECT name FROM ${table} WHERE id = ?`, [id]) : [];
  return row?.name ?? spelled;
}

async function ofWebhook(db: Database, target: string, detail: Record<string, unknown>): Promise<Occasion | undefined> {
  const id = target.replace(/^webhook:/, '');
  const sql = 'SELECT created_by, version, disabled_reason FROM webhook_subscription WHERE id = ?';
  const [row] = await db.query<{ created_by: string; version: number; disabled_reason: string | null }>(sql, [id]);
  if (!row) return undefined;
  const params = { host: String(detail.host), reason: row.disabled_reason ?? '' };
  const about = { accountId: row.created_by.replace(/^account:/, '') };
  return { kind: 'webhook_disabled', params, dedupeKey: `${target}:${row.version}`, about };
}

/** The first sign-in of an account is not from a new address: there is no old one. */
async function ofSignIn(
  db: Database,
  { target, address }: Of<'audit.recorded'>['data'],
  dedupeKey: string,
): Promise<Occasion | undefined> {
  if (!address) return undefined;
  const opened = "FROM audit_event WHERE target = ? AND action = 'session.opened' AND result = 'ok'";
  const earlier = await db.query(`SELECT id ${opened} LIMIT 2`, [target]);
  const same = await db.query(`SELECT id ${opened} AND address = ? LIMIT 2`, [target, address]);
  if (earlier.length < 2 || same.length > 1) return undefined;
  const accountId = target.replace(/^account:/, '');
  return { kind: 'new_sign_in', params: { address }, dedupeKey, about: { accountId } };
}
