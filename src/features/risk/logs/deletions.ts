import { days, hours, seconds } from '../../../core/clock';
import type { HeldLease } from '../../../jobs';
import type { Draft, EvidenceRef, FindingService } from '../findings';
import { contactDeleted } from './codes';
import type { Candidate, DeletionStore, End, RaisedFinding } from './deletions.store';
import { type RecordStore, recordRef, type StoredRecord, textOf } from './records.store';
import type { DeletionState } from './security-record.entity';

interface Deps {
  now: () => Date;
  records: Pick<RecordStore, 'byIds' | 'bodies'>;
  store: DeletionStore;
  findings: Pick<FindingService, 'raise' | 'explain' | 'support'>;
}

const finder = { code: 'CUSTOMER_DELETED_BY_STAFF', version: 1 } as const;
const missingFinder = { code: 'CUSTOMER_MISSING', version: 1 } as const;

/** The log and the event tell the same moment, each by its own clock. */
const apartMs = seconds(120);
/** The nightly read and its second look have found what is missing by then, and a late event has come. */
const patienceMs = hours(26);
/** What a read found missing had been there in the days before. */
const unseenMs = days(3);
const step = 50;

interface Verdict {
  state: DeletionState;
  findingId: number | null;
}

/** A line, and the name in it. */
interface Told {
  record: StoredRecord;
  name: string;
}

/**
 * Every line of the log that says that a member deleted somebody outside, set beside what events and reads told: it names
 * nobody but by a name, so it supports what is known and is no proof by itself (violations §1.2).
 */
export function createDeletions({ now, records, store, findings }: Deps) {
  const keyOf = ({ id }: Pick<Candidate, 'id'>, at: Date): string => `${id}:${at.getTime()}`;
  const findingOf = (code: string, key: string): Promise<RaisedFinding | undefined> => store.finding(`${code}:${key}`);

  async function raise(draft: Draft): Promise<RaisedFinding | undefined> {
    await findings.raise(finder, [draft]);
    return findingOf(finder.code, draft.key);
  }

  const draftOf = ({ record }: Told): Pick<Draft, 'evidenceLevel' | 'userid' | 'occurredAt'> => ({
    ...{ evidenceLevel: 'OFFICIAL', occurredAt: record.occurred_at },
    userid: record.userid ?? undefined,
  });

  /** No event came: what a read found missing was deleted by the member, and now the platform says so. */
  async function upgrade(told: Told, candidate: Candidate, missing: RaisedFinding | undefined): Promise<number | null> {
    const ref = recordRef(told.record);
    if (missing) await findings.support(missing.id, ref);
    const before: EvidenceRef[] = missing ? JSON.parse(missing.evidence) : [];
    const official = await raise({
      ...{ ...draftOf(told), severity: 'high', externalUserid: candidate.external_userid },
      key: keyOf(candidate, told.record.occurred_at),
      features: { lost_callback: true },
      evidence: [ref, ...before],
    });
    return official?.id ?? null;
  }

  async function raiseUnmatched(told: Told): Promise<number | null> {
    const finding = await raise({
      ...{ ...draftOf(told), severity: 'low', key: `member_log:${told.record.digest}` },
      features: { unmatched: true },
      evidence: [recordRef(told.record)],
    });
    return finding?.id ?? null;
  }

  /** An event told the same moment; of a transfer there is no finding. */
  async function asTold({ record }: Told, ends: readonly End[]): Promise<Verdict | undefined> {
    const same = nearest(ends, record.occurred_at);
    if (!same) return undefined;
    const key = keyOf({ id: same.relation_id }, same.occurred_at);
    const finding = same.kind === 'staff_deleted' ? await findingOf(finder.code, key) : undefined;
    if (finding) await findings.support(finding.id, recordRef(record));
    return { state: 'told', findingId: finding?.id ?? null };
  }

  async function asMissed(told: Told, candidates: readonly Candidate[], ends: readonly End[]) {
    const gone = missingOf(candidates, ends, told.record.occurred_at);
    if (!gone) return undefined;
    const key = keyOf(gone.candidate, gone.end.occurred_at);
    const findingId = await upgrade(told, gone.candidate, await findingOf(missingFinder.code, key));
    await findings.explain(missingFinder, [{ key, by: 'told_late' }]);
    return { state: 'missed' as const, findingId };
  }

  async function asUnknown(told: Told, knownSince: Date | null): Promise<Verdict | undefined> {
    const { occurred_at } = told.record;
    if (knownSince === null || occurred_at < knownSince) return { state: 'before', findingId: null };
    if (now().getTime() - occurred_at.getTime() <= patienceMs) return undefined;
    return { state: 'unmatched', findingId: await raiseUnmatched(told) };
  }

  /** Undefined: it waits. */
  async function judge(told: Told, knownSince: Date | null): Promise<Verdict | undefined> {
    const candidates = told.name === '' ? [] : await store.candidates(told.record.userid ?? '', told.name);
    const ends = await store.ends(candidates.map(({ id }) => id));
    return (
      (await asTold(told, ends)) ?? (await asMissed(told, candidates, ends)) ?? (await asUnknown(told, knownSince))
    );
  }

  async function toldBy(ids: readonly number[]): Promise<Told[]> {
    const rows = await records.byIds(ids);
    const bodies = await records.bodies(rows.map(({ digest }) => digest));
    return rows.map((record) => ({ record, name: nameIn(record, bodies.get(record.digest)) }));
  }

  return {
    /** Inside the transaction that stores the lines. */
    claim: (fresh: readonly StoredRecord[]): Promise<void> =>
      store.claim(fresh.filter(({ source, type }) => source === 'member_log' && type === contactDeleted)),

    /** Looks at all that wait: an event may have come late, and a read found what no event told of. */
    async settle(lease: HeldLease, signal: AbortSignal): Promise<void> {
      const knownSince = await store.knownSince();
      for (let after = 0; ; ) {
        signal.throwIfAborted();
        const waiting = await store.waiting(after, step);
        const lines = await toldBy(waiting);
        await lease.step(async () => {
          for (const told of lines) {
            const verdict = await judge(told, knownSince);
            if (verdict) await store.decide(told.record.id, verdict.state, verdict.findingId);
          }
        });
        if (waiting.length < step) return;
        after = waiting.at(-1) ?? after;
      }
    },
  };
}

const apart = (a: Date, b: Date): number => Math.abs(a.getTime() - b.getTime());

/** The deletion, or the transfer, that was told at the same moment. */
const nearest = (ends: readonly End[], at: Date): End | undefined =>
  ends
    .filter(({ kind, occurred_at }) => kind !== 'missing' && apart(occurred_at, at) <= apartMs)
    .sort((a, b) => apart(a.occurred_at, at) - apart(b.occurred_at, at))[0];

/** The one relation that a read found missing soon after; of several with one name nobody can say which. */
function missingOf(candidates: readonly Candidate[], ends: readonly End[], at: Date) {
  const found = candidates.flatMap((candidate) => {
    if (candidate.state !== 'missing') return [];
    const end = ends.findLast(({ relation_id, kind }) => relation_id === candidate.id && kind === 'missing');
    const later = end === undefined ? Number.NaN : end.occurred_at.getTime() - at.getTime();
    return end && later >= -apartMs && later <= unseenMs ? [{ candidate, end }] : [];
  });
  return found.length === 1 ? found[0] : undefined;
}

/** 「姓名：陈小满；手机号：…」 */
function nameIn({ source }: StoredRecord, body: Readonly<Record<string, unknown>> = {}): string {
  const text = textOf(source, body);
  return (/姓名[：:]\s*([^；;，,]*)/.exec(text)?.[1] ?? text).trim();
}
