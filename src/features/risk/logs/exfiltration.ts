import { hours } from '../../../core/clock';
import { groupBy } from '../../../core/collections';
import type { Draft, FindingService, Severity } from '../findings';
import { type Carried, carried, filesDeleted, isOf } from './codes';
import { type RecordStore, recordRef, type StoredRecord, textOf } from './records.store';
import type { SecuritySource } from './security-record.entity';

interface Deps {
  store: Pick<RecordStore, 'between' | 'bodies'>;
  findings: Pick<FindingService, 'raise'>;
}

const finder = { code: 'EXFILTRATION', version: 1 } as const;

/** Names of files that the company guards (violations §4.1). */
const guarded = /客户名单|客户资料|通讯录|报价|底价|成本|合同|内部资料/;

/** How grave so much in an hour is; undefined: of every day. */
const gravity: Readonly<Record<Carried, (count: number) => Severity | undefined>> = {
  address_book_exported: () => 'high',
  company_data_exported: () => 'high',
  records_exported: () => 'medium',
  files_to_wechat: (count) => (count >= 5 ? 'high' : 'medium'),
  files_mailed: (count) => (count >= 5 ? 'high' : 'medium'),
  // To whom is not said: colleagues hand each other files all day.
  files_to_wecom: (count) => (count >= 20 ? 'low' : undefined),
  screens_captured: (count) => (count >= 10 ? 'lead' : undefined),
};

/** What guarded names make of it. */
const graver: Readonly<Record<Severity, Severity>> = {
  lead: 'low',
  low: 'medium',
  medium: 'high',
  high: 'critical',
  critical: 'critical',
};

/** As many lines of a finding are named one by one. */
const mostRefs = 50;

type Body = Readonly<Record<string, unknown>>;

interface Hour {
  userid: string;
  what: Carried;
  begin: number;
  rows: StoredRecord[];
}

const hourOf = (at: Date): number => Math.floor(at.getTime() / hours(1)) * hours(1);

/**
 * Data carried out of the company: exports by administrators, files forwarded or mailed, many pictures of the screen.
 * One finding for each person, kind and hour, once the hour is over: a finding never changes, so its counts must be whole.
 */
export function createExfiltration({ store, findings }: Deps) {
  async function draftOf({ userid, what, begin, rows }: Hour, deleted: number): Promise<Draft[]> {
    const [first] = rows;
    const isOfFiles = first?.source === 'file_record';
    const bodies = isOfFiles ? [...(await store.bodies(rows.map(({ digest }) => digest))).values()] : [];
    const named = bodies.filter((body) => guarded.test(textOf('file_record', body))).length;
    const severity = severityOf(what, rows.length, named);
    if (first === undefined || severity === undefined) return [];
    const ofFiles = { guarded_names: named, bytes: bytesOf(bodies), files_deleted: deleted };
    return [
      {
        key: `${what}:${userid}:${new Date(begin).toISOString()}`,
        evidenceLevel: 'OFFICIAL',
        severity,
        ...{ userid, occurredAt: first.occurred_at },
        features: { carried: what, count: rows.length, ...(isOfFiles ? ofFiles : {}) },
        evidence: rows.slice(0, mostRefs).map(recordRef),
      },
    ];
  }

  return {
    /** Judges the hours that ended in a stretch. Inside a transaction; judged again, nothing is found twice. */
    async judge(source: SecuritySource, from: Date, to: Date): Promise<void> {
      const rows = await store.between(source, new Date(hourOf(from)), new Date(hourOf(to)));
      const deletions = rows.filter((row) => isOf(filesDeleted, row));
      for (const hour of hoursOf(rows)) {
        const isTheirs = (row: StoredRecord) => row.userid === hour.userid && hourOf(row.occurred_at) === hour.begin;
        await findings.raise(finder, await draftOf(hour, deletions.filter(isTheirs).length));
      }
    },
  };
}

function hoursOf(rows: readonly StoredRecord[]): Hour[] {
  const hoursOfAll = (Object.keys(carried) as Carried[]).flatMap((what) => {
    const theirs = rows.filter((row) => row.userid !== null && isOf(carried[what], row));
    const groups = groupBy(theirs, ({ userid, occurred_at }) => `${hourOf(occurred_at)} ${userid}`);
    return [...groups.values()].map((group) => ({ what, rows: group, ...placeOf(group) }));
  });
  return hoursOfAll;
}

const placeOf = ([first]: readonly StoredRecord[]): { userid: string; begin: number } => ({
  userid: first?.userid ?? '',
  begin: hourOf(first?.occurred_at ?? new Date(0)),
});

function severityOf(what: Carried, count: number, named: number): Severity | undefined {
  const severity = gravity[what](count);
  if (named === 0) return severity;
  return severity === undefined ? 'low' : graver[severity];
}

const bytesOf = (bodies: readonly Body[]): number =>
  bodies.reduce((sum, { file_size }) => sum + (typeof file_size === 'number' ? file_size : 0), 0);
