import { minutes } from '../../../core/clock';
import { AppError } from '../../../core/errors';
import type { Database } from '../../../db/database';
import { toDate, toDateOrNull } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import { iso, isoOrNull } from '../../../http/schema';
import type { ExternalContactApi, GroupChatApi } from '../../../wecom';
import type { ExternalContactService, ExternalContactViews } from '../../relations/external-contacts';
import type { GroupChatService, GroupChatViews } from '../../relations/group-chats';
import type { FailureDeps } from './failures';
import { sidebarError } from './sidebar.errors';
import type { ContextQuery, SidebarContext } from './sidebar.schema';
import { asSidebarFault, click } from './wecom-faults';

export interface ContextDeps extends Pick<FailureDeps, 'attempts'> {
  db: Database;
  externalContacts: Pick<ExternalContactService, 'store' | 'mirrorRead'>;
  externalContactViews: Pick<ExternalContactViews, 'assertVisible'>;
  groupChats: Pick<GroupChatService, 'store' | 'mirror'>;
  groupChatViews: Pick<GroupChatViews, 'get'>;
  wecom: { externalContacts: Pick<ExternalContactApi, 'get'>; groupChats: Pick<GroupChatApi, 'get'> };
}

interface Member {
  id: string;
  userid: string;
  name: string | null;
  status: string;
  departed_at: unknown;
}

type Found = Pick<SidebarContext, 'outcome'> & Partial<SidebarContext>;

const mostReads = 60;
const readWindowMs = minutes(10);

/** Whom the chat beside the sidebar is with, as far as it is the viewer's business. */
export function createSidebarContext(deps: ContextDeps) {
  const { db, attempts, wecom, externalContacts, externalContactViews, groupChats, groupChatViews } = deps;

  async function memberOf({ staffId }: Viewer): Promise<Member | undefined> {
    const sql = 'SELECT id, userid, name, status, departed_at FROM staff WHERE id = ?';
    const [found] = await db.query<Member>(sql, [staffId]);
    return found;
  }

  /** What we do not know yet may be a minute old: WeCom is asked, though not as often as somebody likes. */
  async function mayRead(viewer: Viewer): Promise<void> {
    const bucket = `sidebar_read:${actorOf(viewer)}`;
    const wait = await attempts.begin([{ bucket, most: mostReads, slows: false, windowMs: readWindowMs }]);
    if (wait > 0) throw sidebarError('too_many', { retry_after_seconds: Math.ceil(wait / 1000) });
  }

  const origin = () => ({ source: 'sync', ref: 'sidebar', at: db.now() }) as const;
  const is = (member: Member) => (userid: string) => userid.toLowerCase() === member.userid.toLowerCase();

  /** Stored only where it is the member's own. @returns whether it is, and whether there is such a person at all */
  async function readContact(id: string, member: Member): Promise<'own' | 'others' | 'none'> {
    const from = origin();
    const found = await wecom.externalContacts.get(id, click()).catch(asSidebarFault);
    if (!found) return 'none';
    if (!found.followers.some(({ userid }) => is(member)(userid))) return 'others';
    await db.transact(() => externalContacts.mirrorRead(found, from));
    return 'own';
  }

  /** Whether a handover ended with this member. */
  async function tookOver(id: string, member: Member): Promise<boolean> {
    const found = await db.query(
      `SELECT 1 AS found FROM handover_item
       WHERE kind = 'external_contact' AND state = 'taken_over' AND subject_id = ? AND to_staff_id = ? LIMIT 1`,
      [id, member.id],
    );
    return found.length > 0;
  }

  async function contact(id: string, member: Member, viewer: Viewer): Promise<Found> {
    const own = await externalContacts.store.pair(member.id, id);
    if (own) return { outcome: 'related', relation: relationView(own), has_briefing: await tookOver(id, member) };
    if (await seen(externalContactViews.assertVisible(id, viewer))) return { outcome: 'not_related' };
    await mayRead(viewer);
    const read = await readContact(id, member);
    if (read === 'none') return { outcome: 'unknown' };
    if (read === 'others') return { outcome: 'out_of_scope' };
    const made = await externalContacts.store.pair(member.id, id);
    return { outcome: 'related', read_now: true, relation: made ? relationView(made) : null };
  }

  async function readGroup(id: string, member: Member): Promise<Found> {
    const from = origin();
    const shown = await wecom.groupChats.get(id, click()).catch(asSidebarFault);
    if (!shown) return { outcome: 'unknown' };
    const userids = [shown.owner, ...shown.members.map(({ userid }) => userid)];
    if (!userids.some(is(member))) return { outcome: 'out_of_scope' };
    await db.transact(() => groupChats.mirror(shown, undefined, from));
    return { outcome: 'related', read_now: true };
  }

  async function group(id: string, member: Member, viewer: Viewer): Promise<Found> {
    if (await seen(groupChatViews.get(id, viewer))) {
      const [row] = await groupChats.store.chats([id]);
      const userids = [row?.owner ?? '', ...(await groupChats.store.members(id)).map(({ userid }) => userid)];
      return { outcome: userids.some(is(member)) ? 'related' : 'not_related' };
    }
    await mayRead(viewer);
    return readGroup(id, member);
  }

  return {
    /** @throws sidebar.too_many, wecom_refused, wecom_unreachable, not_configured */
    async of({ external_userid, chat_id }: ContextQuery, viewer: Viewer): Promise<SidebarContext> {
      const member = await memberOf(viewer);
      const about =
        external_userid === undefined
          ? { kind: 'group_chat' as const, id: chat_id ?? '' }
          : { kind: 'external_contact' as const, id: external_userid };
      const nothing = { ...about, read_now: false, relation: null, has_briefing: false };
      if (!member) return { ...nothing, staff: null, outcome: 'no_member' };
      const { userid, name } = member;
      const found = isServing(member)
        ? await { group_chat: group, external_contact: contact }[about.kind](about.id, member, viewer)
        : { outcome: 'left' as const };
      return { ...nothing, staff: { userid, name }, ...found };
    },
  };
}

const isServing = ({ departed_at, status }: Member): boolean => departed_at === null && status === 'active';

/** Whether the viewer may see what was asked for; what is none of their business is not found. */
const seen = (asked: Promise<unknown>): Promise<boolean> =>
  asked.then(
    () => true,
    (error: unknown) => {
      if (error instanceof AppError && error.status === 404) return false;
      throw error;
    },
  );

const relationView = (row: { id: string; state: string; started_at: Date; ended_at: Date | null }) => ({
  ...{ id: row.id, state: row.state },
  started_at: iso(toDate(row.started_at)),
  ended_at: isoOrNull(toDateOrNull(row.ended_at)),
});
