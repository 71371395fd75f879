import { groupBy } from '../../../core/collections';
import { failpoint } from '../../../core/failpoints';
import { type BatchPage, isErrcode, WecomCursorExpired, WecomError } from '../../../wecom';
import { isRefusal } from '../../../wecom/errors';
import type { Observed } from '../external-contacts';
import { type Absence, createAbsences } from './absences';
import type { Phase, PhaseContext, PhaseDeps } from './phase';
import { prefetched } from './prefetch';

const staffPerBatch = 100;
/** Pages written in one transaction: at most so much is read again after a kill. */
const pagesPerSave = 5;

interface Batch {
  userids: string[];
  /** Userid → our id. */
  staffIds: Map<string, string>;
  /** The external contacts each member turned out to have. */
  seen: Map<string, Set<string>>;
  /** Members of whom nothing can be said. */
  unreadable: Set<string>;
  startedAt: Date;
  /** Whether this execution saw the batch from its first page on. */
  whole: boolean;
}

/** A page, and when its read began. */
type ReadPage = BatchPage & { readAt: Date };

interface Part {
  userids: string[];
  cursor: string | null;
}

/** Every relation of everyone with the 客户联系 function, by batch reads (path/92994). */
export function contactsPhase(deps: PhaseDeps): Phase {
  const { db, wecom, staff, externalContacts } = deps;
  const absences = createAbsences(deps);
  const api = wecom.externalContacts;

  async function run(context: PhaseContext): Promise<void> {
    const followers = [...(await api.followers(context.calls))].sort();
    if (context.after === null && context.cursor === null) await absences.outOfScope(context, followers);
    const left = followers.filter((userid) => context.after === null || userid > context.after);
    for (let at = 0; at < left.length; at += staffPerBatch) {
      await readBatch(context, left.slice(at, at + staffPerBatch), at === 0 ? context.cursor : null);
    }
  }

  async function readBatch(context: PhaseContext, userids: string[], cursor: string | null): Promise<void> {
    const staffIds = await db.transact(() => staff.resolve(userids));
    const batch: Batch = {
      userids,
      staffIds,
      seen: new Map(userids.map((userid) => [staffIds.get(userid) ?? '', new Set<string>()])),
      unreadable: new Set(),
      startedAt: db.now(),
      whole: cursor === null,
    };
    const before = context.after;
    await readPages(context, batch, { userids, cursor });
    await context.save({ after: userids.at(-1) ?? before }, () => absences.settle(context, absenceOf(batch)));
  }

  /** One walk, begun again when WeCom no longer knows the cursor it was resumed with. */
  async function readPages(context: PhaseContext, batch: Batch, part: Part): Promise<void> {
    try {
      await walk(context, batch, part);
    } catch (error) {
      if (error instanceof WecomCursorExpired && part.cursor) {
        batch.whole = true;
        await readPages(context, batch, { ...part, cursor: null });
      } else if (isOneMembersFault(error)) {
        await readHalves(context, batch, { ...part, error });
      } else throw error;
    }
  }

  /** A batch that WeCom refuses because of one member is halved until that member stands alone. */
  async function readHalves(
    context: PhaseContext,
    batch: Batch,
    { userids, error }: Part & { error: WecomError },
  ): Promise<void> {
    if (userids.length === 1) return giveUpOn(context, batch, { userid: userids[0] ?? '', error });
    const half = Math.ceil(userids.length / 2);
    for (const part of [userids.slice(0, half), userids.slice(half)]) {
      await readPages(context, batch, { userids: part, cursor: null });
    }
  }

  async function walk(context: PhaseContext, batch: Batch, { userids, cursor: from }: Part): Promise<void> {
    const resumable = userids === batch.userids;
    const fetchPage = async (cursor: string | null): Promise<ReadPage> => {
      const readAt = db.now();
      return { readAt, ...(await api.batchByStaff(userids, cursor ?? undefined, context.calls)) };
    };
    let pages: ReadPage[] = [];
    for await (const page of prefetched(from, fetchPage)) {
      pages.push(page);
      failpoint('contacts.page-read');
      if (pages.length < pagesPerSave && page.next_cursor) continue;
      const written = pages;
      pages = [];
      const cursor = resumable ? page.next_cursor : null;
      await context.save({ after: context.after, cursor }, () => write(context, batch, written));
    }
  }

  async function write(context: PhaseContext, batch: Batch, pages: ReadPage[]): Promise<void> {
    const observed = pages.flatMap((page) => page.items.flatMap((item) => observe(batch, item)));
    for (const page of pages) for (const userid of page.unlicensed_userids) unreadable(context, batch, userid);
    // The oldest page speaks for all that are written with it.
    const result = await externalContacts.mirror.apply(observed, context.origin(pages[0]?.readAt));
    context.counts.seen += result.seen;
    context.counts.added += result.added;
    context.counts.changed += result.changed;
    const userids = new Map([...batch.staffIds].map(([userid, id]) => [id, userid]));
    for (const { kind, staffId, externalUserid, detail } of result.changes) {
      context.report({ kind, userid: userids.get(staffId), externalUserid, state: 'applied', detail });
    }
  }

  function giveUpOn(
    context: PhaseContext,
    batch: Batch,
    { userid, error }: { userid: string; error: WecomError },
  ): void {
    unreadable(context, batch, userid);
    context.report({ kind: 'staff_unreadable', userid, state: 'held', detail: { errcode: error.errcode } });
  }

  return { name: 'external_contacts', run };
}

/** Of one member, not of the application: unknown, out of sight, without a licence. */
const isOneMembersFault = (error: unknown): error is WecomError =>
  error instanceof WecomError &&
  (isErrcode(error, [84061, 40003, 60111, 46004, 701008, 60011]) || isRefusalOfOne(error));

const isRefusalOfOne = (error: WecomError): boolean => isRefusal(error) && error.errcode === 50002;

function unreadable(context: PhaseContext, batch: Batch, userid: string): void {
  const staffId = batch.staffIds.get(userid);
  if (!staffId || batch.unreadable.has(staffId)) return;
  batch.unreadable.add(staffId);
  context.counts.unknown += 1;
}

function observe(batch: Batch, { contact, follower }: BatchPage['items'][number]): Observed[] {
  const staffId = batch.staffIds.get(follower.userid) ?? batch.staffIds.get(follower.userid.toLowerCase());
  if (!staffId) return [];
  batch.seen.get(staffId)?.add(contact.external_userid);
  return [{ contact, staffId, follower }];
}

const absenceOf = (batch: Batch): Absence[] =>
  [...groupBy(batch.staffIds, ([, id]) => id)].flatMap(([staffId, [entry]]) =>
    entry && batch.whole && !batch.unreadable.has(staffId)
      ? [{ staffId, userid: entry[0], seen: batch.seen.get(staffId) ?? new Set(), startedAt: batch.startedAt }]
      : [],
  );
