import { newId } from '../../../core/ids';
import type { Vault } from '../../../core/vault';
import { insertRows } from '../../../db/bulk';
import { type Database, toDate, toDateOrNull, type Value } from '../../../db/database';
import type { IntentAction, IntentState, PayIntent } from './wechat-pay.entity';

/** What an intent is about: a record of another feature. */
export interface PaySubject {
  object: string;
  id: string;
}

export interface NewIntent {
  action: IntentAction;
  /** Left out: a new one is made. */
  out_trade_no?: string;
  open_key: string | null;
  subject: PaySubject;
  kind: PayIntent['kind'];
  amount_fen: number;
  description: string;
  openid?: string | undefined;
  expires_at: Date | null;
}

const columns = [
  ...['id', 'action', 'number', 'out_trade_no', 'open_key', 'subject_object', 'subject_id', 'kind', 'amount_fen'],
  ...['currency', 'description', 'openid', 'expires_at', 'state', 'prepay', 'provider_id', 'error', 'looks'],
  ...['next_look_at', 'created_at', 'updated_at', 'settled_at'],
];

/** Whoever asks right now has so long to write down the answer, before somebody else looks. */
export const askingMs = 30_000;

const placeOf = (id: string) => ({ table: 'pay_intent', column: 'openid', id });

export type IntentStore = ReturnType<typeof createIntentStore>;

export function createIntentStore({ db, vault }: { db: Database; vault: Vault }) {
  async function one(where: string, params: Value[]): Promise<PayIntent | undefined> {
    const [row] = await db.query<PayIntent>(`SELECT * FROM pay_intent WHERE ${where}`, params);
    return row && toIntent(row);
  }

  const payment = (outTradeNo: string) => one("action = 'payment' AND number = ?", [outTradeNo]);

  return {
    payment,
    byNumber: (action: IntentAction, number: string) => one('action = ? AND number = ?', [action, number]),
    openOf: (key: string) => one('open_key = ?', [key]),

    /** Holds the payment until the open transaction ends: whoever changes what belongs to it stands in line. */
    async lock(outTradeNo: string): Promise<PayIntent | undefined> {
      await db.execute("UPDATE pay_intent SET updated_at = ? WHERE action = 'payment' AND number = ?", [
        db.now(),
        outTradeNo,
      ]);
      return payment(outTradeNo);
    },

    /** Asked for and not refused. */
    async refundedOf(outTradeNo: string): Promise<number> {
      const [row] = await db.query<{ fen: unknown }>(
        "SELECT SUM(amount_fen) AS fen FROM pay_intent WHERE action = 'refund' AND out_trade_no = ? AND state NOT IN ('refused', 'closed')",
        [outTradeNo],
      );
      return Number(row?.fen ?? 0);
    },

    async add(given: NewIntent): Promise<PayIntent> {
      const id = newId();
      const bare = id.replaceAll('-', '');
      const outTradeNo = given.out_trade_no ?? bare;
      const { action, open_key, subject, kind, amount_fen, description, openid, expires_at } = given;
      const number = { payment: outTradeNo, close: outTradeNo, refund: `R${bare}` }[action];
      const sealed = openid === undefined ? null : vault.seal(openid, placeOf(id));
      const now = db.now();
      const facts: Value[] = [id, action, number, outTradeNo, open_key, subject.object, subject.id, kind, amount_fen];
      const order: Value[] = ['CNY', description, sealed, expires_at, 'planned', null, null, null, 0];
      const times = [new Date(now.getTime() + askingMs), now, now, null];
      await insertRows(db, { table: 'pay_intent', columns }, [[...facts, ...order, ...times]]);
      return (await one('id = ?', [id])) as PayIntent;
    },

    openidOf: ({ id, openid }: PayIntent): string => (openid === null ? '' : vault.open(openid, placeOf(id))),

    /** A step forward from one of these states. @returns false when somebody else was there first */
    async move(id: string, from: readonly IntentState[], change: Partial<PayIntent>): Promise<boolean> {
      const sets = Object.entries({ ...change, updated_at: db.now() });
      const changed = await db.execute(
        `UPDATE pay_intent SET ${sets.map(([name]) => `${name} = ?`).join(', ')}
         WHERE id = ? AND state IN (${from.map(() => '?').join(', ')})`,
        [...sets.map(([, value]) => value as Value), id, ...from],
      );
      return changed === 1;
    },

    /** Those whose look is due, longest waiting first. */
    async due(limit: number): Promise<PayIntent[]> {
      const rows = await db.query<PayIntent>(
        'SELECT * FROM pay_intent WHERE next_look_at <= ? ORDER BY next_look_at LIMIT ?',
        [db.now(), limit],
      );
      return rows.map(toIntent);
    },

    /** One of several processes looks; the next look is planned with it. @returns false when another does */
    async claim({ id, looks }: PayIntent, nextLookAt: Date): Promise<boolean> {
      const changed = await db.execute(
        'UPDATE pay_intent SET looks = looks + 1, next_look_at = ? WHERE id = ? AND looks = ? AND next_look_at <= ?',
        [nextLookAt, id, looks, db.now()],
      );
      return changed === 1;
    },
  };
}

const toIntent = (row: PayIntent): PayIntent => ({
  ...row,
  amount_fen: Number(row.amount_fen),
  expires_at: toDateOrNull(row.expires_at),
  next_look_at: toDateOrNull(row.next_look_at),
  created_at: toDate(row.created_at),
  updated_at: toDate(row.updated_at),
  settled_at: toDateOrNull(row.settled_at),
});
