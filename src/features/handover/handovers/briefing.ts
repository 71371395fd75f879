import { anyOf, type Condition, isIn } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import { isAllowed, type Viewer } from '../../../http/permissions';
import { iso, isoOrNull } from '../../../http/schema';
import type { ConversationViews } from '../../archive/conversations';
import type { By } from '../../kernel/approvals';
import type { Scope, ScopeService } from '../../kernel/scope';
import type { Exposure, ExternalContactViews } from '../../relations/external-contacts';
import {
  groupsWith,
  type Handing,
  handingOf,
  openFindings,
  servedBy,
  type Talks,
  talksOf,
  unansweredIn,
  wroteSince,
} from './briefing.report';
import type { BriefingView } from './briefing.schema';
import { firstMessage } from './first-message';
import { handoverError } from './handovers.errors';
import type { HandoverViews } from './handovers.views';

export interface BriefingDeps {
  db: Database;
  scopes: ScopeService;
  contacts: Pick<ExternalContactViews, 'get'>;
  conversations: Pick<ConversationViews, 'within' | 'messages'>;
  exposure: Pick<Exposure, 'viewed'>;
}

const lastMessages = 20;

/** What a successor should know of an external contact before they first write (WCM-07). */
export function createBriefings({
  db,
  scopes,
  contacts,
  conversations,
  exposure,
  views,
}: BriefingDeps & { views: Pick<HandoverViews, 'seen'> }) {
  /** The messages for those who may read the archive of the giver; that they did is recorded. null for others. */
  async function lastOf({ conversation_id }: Talks, by: By) {
    if (!isAllowed(by.viewer, 'archive:read')) return null;
    const within = await conversations.within(by.viewer, 'c');
    const [sql, ...params] = within ?? ['1 = 1'];
    const visible = await db.query(`SELECT c.id FROM archive_conversation c WHERE c.id = ? AND ${sql}`, [
      conversation_id,
      ...params,
    ]);
    if (visible.length === 0) return null;
    const query = { order: 'desc', limit: lastMessages } as const;
    const { items } = await conversations.messages(conversation_id, query, { ...by, address: by.address ?? '' });
    return items.reverse().map(({ id, from, from_name, sent_at, type, text, recalled_by }) => ({
      ...{ id, from, from_name: from_name ?? null, sent_at, type, text, recalled: recalled_by !== null },
    }));
  }

  async function talks({ giver, successor, subject_id }: Handing, by: By): Promise<BriefingView['talks']> {
    const found = await talksOf(db, giver.userid, subject_id);
    if (!found) return null;
    const since = successor && (await talksOf(db, successor.userid, subject_id));
    const owed = await unansweredIn(db, found, subject_id);
    const isAnswered = owed && successor && since && (await wroteSince(db, since, successor.userid, owed.since));
    return {
      ...{ messages: found.messages, first_at: iso(found.first_at), last_at: iso(found.last_at) },
      unanswered: owed && !isAnswered ? { messages: owed.messages, since: iso(owed.since) } : null,
      last: await lastOf(found, by),
    };
  }

  async function findings(externalUserid: string, viewer: Viewer, scope: Scope) {
    if (!isAllowed(viewer, 'findings:read')) return null;
    const within = scope.userid('f.userid');
    const [barred, ...userids] = isIn('f.userid', await scopes.barred(viewer));
    const others: Condition = [`(f.userid IS NULL OR NOT (${barred}))`, ...userids];
    const found = await openFindings(db, externalUserid, [...(within ? [within] : []), others]);
    return found.map(({ id, detector, severity, occurred_at }) => ({
      ...{ id, detector, severity, occurred_at: iso(occurred_at) },
    }));
  }

  /** Who looked is recorded before anything is shown. @throws external_contact.not_found, exposure.over_threshold */
  async function tell(handing: Handing, by: By): Promise<BriefingView> {
    const { giver, successor, subject_id } = handing;
    const scope = await scopes.of(by.viewer);
    const contact = await contacts.get(subject_id, by.viewer);
    await exposure.viewed(subject_id, by);
    const known = [giver, ...(successor ? [successor] : [])];
    const noted = known.flatMap(({ userid }) => contact.relations.find((relation) => relation.userid === userid) ?? []);
    const [notes] = noted;
    // The giver is told of with the handover, whoever else stands outside of the line is not.
    const own = scope.relations('r')?.probe;
    const served = await servedBy(db, subject_id, own ? anyOf([own, ['r.staff_id = ?', giver.id]]) : ['1 = 1']);
    const said = await talks(handing, by);
    return {
      ...{ external_userid: subject_id, name: contact.name, avatar: contact.avatar },
      ...{ corp_name: contact.corp_name, position: contact.position },
      ...{ remark: notes?.remark ?? '', description: notes?.description ?? '' },
      remark_corp_name: notes?.remark_corp_name ?? '',
      tags: (notes?.tags ?? []).map(({ name, group_name }) => ({ name, group_name })),
      ...viewOf(handing),
      known_since: isoOrNull(served.find(({ staff_id }) => staff_id === giver.id)?.started_at ?? null),
      served_by: served.map(({ userid, name, state, started_at, ended_at }) => ({
        ...{ userid, name, state, started_at: iso(started_at), ended_at: isoOrNull(ended_at) },
      })),
      group_chats: await groupsWith(
        db,
        subject_id,
        known.map(({ userid }) => userid),
      ),
      talks: said,
      open_findings: await findings(subject_id, by.viewer, scope),
      open_money: null,
      first_message: beginningOf(handing, contact.name, said),
    };
  }

  return {
    /** @throws handover.not_found, no_item, no_contact */
    async ofItem(id: string, itemId: number, by: By): Promise<BriefingView> {
      await views.seen(id, by.viewer);
      const handing = await handingOf(db, [['i.handover_id = ? AND i.id = ?', id, itemId]]);
      if (!handing) throw handoverError('no_item', { id: itemId });
      if (handing.kind !== 'external_contact') throw handoverError('no_contact', { id: itemId });
      return tell(handing, by);
    },

    /** Of an external contact that somebody of the viewer's line took over. @throws handover.no_briefing */
    async ofContact(externalUserid: string, by: By): Promise<BriefingView> {
      const within = (await scopes.of(by.viewer)).staff('i.to_staff_id');
      const handing = await handingOf(db, [
        ["i.kind = 'external_contact' AND i.state = 'taken_over' AND i.subject_id = ?", externalUserid],
        ...(within ? [within] : []),
      ]);
      if (!handing) throw handoverError('no_briefing', { external_userid: externalUserid });
      return tell(handing, by);
    },
  };
}

const viewOf = ({ id, handover_id, state, settled_at, giver, successor }: Handing) => ({
  handover: { id: handover_id, item_id: id, state, settled_at: isoOrNull(settled_at) },
  giver: { userid: giver.userid, name: giver.name, departed_at: isoOrNull(giver.departed_at) },
  successor: successor && { userid: successor.userid, name: successor.name },
});

const beginningOf = ({ giver, successor }: Handing, customer: string, said: BriefingView['talks']) =>
  successor &&
  firstMessage({
    ...{ customer, giver: giver.name ?? giver.userid, successor: successor.name ?? successor.userid },
    ...{ hasLeft: giver.departed_at !== null, isOwed: (said?.unanswered ?? null) !== null },
  });
