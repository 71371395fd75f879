import { hash } from 'node:crypto';
import { instantText, placeholders, toDate } from '../../../db/database';
import type { DetectorCode, EvidenceRef, Severity } from '../findings';
import type { Ground } from './detector';

interface Row {
  id: number | string;
  dedupe_key: string;
  detector: DetectorCode;
  severity: Severity;
  occurred_at: unknown;
  features: string;
}

/** A finding that a detector looks back at. */
export interface Earlier extends Omit<Row, 'id' | 'occurred_at' | 'features'> {
  id: number;
  at: Date;
  features: Readonly<Record<string, unknown>>;
}

interface Asked {
  userid: string;
  /** Of any detector unless given. */
  detectors?: readonly DetectorCode[];
  externalUserid?: string;
  from: Date;
  to: Date;
}

/** What was found about a member of staff, by when it happened. What turned out to be nothing is left out. */
export async function earlierFindings({ db }: Ground, asked: Asked): Promise<Earlier[]> {
  const { userid, detectors = [], externalUserid, from, to } = asked;
  const among = detectors.length === 0 ? '' : `AND f.detector IN (${placeholders(detectors.length)})`;
  const of = externalUserid === undefined ? '' : 'AND f.external_userid = ?';
  const rows = await db.query<Row>(
    `SELECT f.id, f.dedupe_key, f.detector, f.severity, f.occurred_at, f.features
     FROM finding f JOIN finding_case c ON c.finding_id = f.id
     WHERE f.userid = ? AND f.occurred_at >= ? AND f.occurred_at <= ? AND c.state <> 'cleared' ${among} ${of}
     ORDER BY f.occurred_at, f.id`,
    [userid, from, to, ...detectors, ...(externalUserid === undefined ? [] : [externalUserid])],
  );
  return rows.map(({ id, occurred_at, features, ...row }) => ({
    ...{ ...row, id: Number(id), at: toDate(occurred_at), features: JSON.parse(features) },
  }));
}

/** So many are named as evidence; the features count them all. */
const named = 20;

export const findingFacts = (found: readonly Earlier[]): EvidenceRef[] =>
  found.slice(-named).map(({ id, dedupe_key, severity, at }) => ({
    source: 'finding',
    ref: String(id),
    hash: hash('sha256', JSON.stringify([dedupe_key, severity, instantText(at)])),
  }));
