import type { Database } from '../../../db/database';
import { dealThenDeleted } from './deal-then-deleted';
import { hearing } from './hearing';
import type { MoneyRecords } from './money-records';
import { paidUnseen } from './paid-unseen';

export type CrossChecks = ReturnType<typeof createCrossChecks>;

/** What is said of money, against what the company knows of it. */
export const createCrossChecks = ({ db, records }: { db: Database; records: MoneyRecords }) => ({
  ofMessages: [hearing],
  sweeps: [paidUnseen(records), dealThenDeleted],
  purge: (before: Date): Promise<number> => db.execute('DELETE FROM money_talk WHERE sent_at < ?', [before]),
});
