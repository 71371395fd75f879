import type { Database } from '../../../db/database';
import { isOf, type SecuritySign, signs } from './codes';
import type { SecuritySource } from './security-record.entity';

interface Row {
  source: SecuritySource;
  type: unknown;
  detail_type: unknown;
  n: unknown;
}

export type SecuritySigns = Record<SecuritySign, number>;

/** What the logs hold of one member since an instant, counted by kind: whoever judges a departure asks. */
export async function securitySigns(db: Database, userid: string, since: Date): Promise<SecuritySigns> {
  const rows = await db.query<Row>(
    `SELECT source, type, detail_type, COUNT(*) AS n FROM security_record
     WHERE userid = ? AND occurred_at >= ? GROUP BY source, type, detail_type`,
    [userid, since],
  );
  const typed = rows.map(({ source, type, detail_type, n }) => ({
    ...{ source, type: Number(type), detail_type: detail_type === null ? null : Number(detail_type), n: Number(n) },
  }));
  const counts = Object.entries(signs).map(([sign, codes]) => [
    sign,
    typed.filter((row) => isOf(codes, row)).reduce((sum, { n }) => sum + n, 0),
  ]);
  return Object.fromEntries(counts) as SecuritySigns;
}
