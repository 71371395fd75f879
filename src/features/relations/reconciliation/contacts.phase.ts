import { chunksOf, groupBy } from '../../../core/collections';
import { failpoint } from '../../../core/failpoints';
import { sideBySide } from '../../../core/side-by-side';
import { type BatchPage, isErrcode, WecomCursorExpired, WecomError } from '../../../wecom';
import { isRefusal } from '../../../wecom/errors';
import type { Observed } from '../external-contacts';
import { type Absence, createAbsences } from './absences';
import type { OpenBatch, Phase, PhaseContext, PhaseDeps } from './phase';
import { prefetched } from './prefetch';

const staffPerBatch = 100;
/** WeCom guards against too many calls at once; a handful suffices to hide the way there and back. */
const batchesAtOnce = 3;
/** Pages written in one transaction: at most so much of each batch is read again after a kill. */
const pagesPerSave = 5;

interface Batch {
  userids: string[];
  /** Userid → our id. */
  staffIds: Map<string, string>;
  /** The external contacts each member turned out to have. */
  seen: Map<string, Set<string>>;
  /** Members of whom nothing can be said, and what WeCom said where it refused. */
  unreadable: Map<string, WecomError | undefined>;
  startedAt: Date;
  /** Whether this execution saw the batch from its first page on. */
  whole: boolean;
}

/** A page, and when its read began. */
type ReadPage = BatchPage & { readAt: Date };

/** Every relation of everyone with the 客户联系 function, by batch reads (path/92994). */
export function contactsPhase(deps: PhaseDeps): Phase {
  const { db, wecom, staff, externalContacts } = deps;
  const absences = createAbsences(deps);
  const api = wecom.externalContacts;

  async function run(context: PhaseContext): Promise<void> {
    const { after, open } = context;
    const followers = [...(await api.followers(context.calls))].sort();
    if (after === null) await absences.outOfScope(context, followers);
    const left = followers.filter((userid) => after === null || userid > after);
    const batches = (function* () {
      yield* open;
      for (const userids of chunksOf(left, staffPerBatch)) {
        const begun: OpenBatch = { userids, cursor: null };
        context.begin(begun);
        yield begun;
      }
    })();
    await sideBySide(batches, batchesAtOnce, (begun) => readBatch(context, begun));
  }

  async function readBatch(context: PhaseContext, { userids, cursor }: OpenBatch): Promise<void> {
    const staffIds = await db.transact(() => staff.resolve(userids));
    const batch: Batch = {
      userids,
      staffIds,
      seen: new Map(userids.map((userid) => [staffIds.get(userid) ?? '', new Set<string>()])),
      unreadable: new Map(),
      startedAt: db.now(),
      whole: cursor === null,
    };
    await readPages(context, batch, { userids, cursor });
    await context.save(
      async () => {
        for (const [userid, error] of batch.unreadable) reportUnreadable(context, userid, error);
        await absences.settle(context, absenceOf(batch));
      },
      ({ open }) => ({ open: open.filter((other) => other.userids !== userids) }),
    );
  }

  /** One walk, begun again when WeCom no longer knows the cursor it was resumed with. */
  async function readPages(context: PhaseContext, batch: Batch, part: OpenBatch): Promise<void> {
    try {
      await walk(context, batch, part);
    } catch (error) {
      if (error instanceof WecomCursorExpired && part.cursor) {
        batch.whole = true;
        await readPages(context, batch, { ...part, cursor: null });
      } else if (isOneMembersFault(error)) {
        await readHalves(context, batch, part.userids, error);
      } else throw error;
    }
  }

  /** A batch that WeCom refuses because of one member is halved until that member stands alone. */
  async function readHalves(context: PhaseContext, batch: Batch, userids: string[], error: WecomError): Promise<void> {
    const [first = '', ...others] = userids;
    if (others.length === 0) {
      batch.unreadable.set(first, error);
      return;
    }
    for (const half of chunksOf(userids, Math.ceil(userids.length / 2))) {
      await readPages(context, batch, { userids: half, cursor: null });
    }
  }

  async function walk(context: PhaseContext, batch: Batch, { userids, cursor: from }: OpenBatch): Promise<void> {
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
      // The cursor of half a batch leads nowhere: that one is read again from its start.
      const cursor = userids === batch.userids ? page.next_cursor : null;
      await context.save(
        () => write(context, batch, written),
        ({ open }) => ({ open: open.map((one) => (one.userids === batch.userids ? { ...one, cursor } : one)) }),
      );
    }
  }

  async function write(context: PhaseContext, batch: Batch, pages: ReadPage[]): Promise<void> {
    const observed = pages.flatMap((page) => page.items.flatMap((item) => observe(batch, item)));
    for (const page of pages) for (const userid of page.unlicensed_userids) batch.unreadable.set(userid, undefined);
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

  return { name: 'external_contacts', run };
}

/** Of one member, not of the application: unknown, out of sight, without a licence. */
const isOneMembersFault = (error: unknown): error is WecomError =>
  error instanceof WecomError &&
  (isErrcode(error, [84061, 40003, 60111, 46004, 701008, 60011]) || isRefusalOfOne(error));

const isRefusalOfOne = (error: WecomError): boolean => isRefusal(error) && error.errcode === 50002;

function reportUnreadable(context: PhaseContext, userid: string, error: WecomError | undefined): void {
  context.counts.unknown += 1;
  if (!error) return;
  context.report({ kind: 'staff_unreadable', userid, state: 'held', detail: { errcode: error.errcode } });
}

function observe(batch: Batch, { contact, follower }: BatchPage['items'][number]): Observed[] {
  const staffId = batch.staffIds.get(follower.userid) ?? batch.staffIds.get(follower.userid.toLowerCase());
  if (!staffId) return [];
  batch.seen.get(staffId)?.add(contact.external_userid);
  return [{ contact, staffId, follower }];
}

function absenceOf({ whole, staffIds, unreadable, seen, startedAt }: Batch): Absence[] {
  if (!whole) return [];
  const unknown = new Set([...unreadable.keys()].map((userid) => staffIds.get(userid)));
  return [...groupBy(staffIds, ([, id]) => id)].flatMap(([staffId, [entry]]) =>
    entry && !unknown.has(staffId)
      ? [{ staffId, userid: entry[0], seen: seen.get(staffId) ?? new Set(), startedAt }]
      : [],
  );
}
