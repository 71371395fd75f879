import { hash } from 'node:crypto';
import { days as daysMs } from '../../../core/clock';
import { randomToken } from '../../../core/ids';
import { maskPersonal } from '../../../core/mask';
import { counterIn, type Page, toPage } from '../../../core/paging';
import { allOf, type Condition } from '../../../db/conditions';
import { type Database, placeholders, toDate } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import { iso } from '../../../http/schema';
import { isUniqueViolation } from '../../../jobs/sql';
import type { ConversationViews, MessageReader } from '../../archive/conversations';
import type { By } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';
import type { Evidence } from '../../kernel/evidence';
import type { ScopeService } from '../../kernel/scope';
import type { Draft, EvidenceRef, FindingService } from '../findings';
import { drawOne } from './drawing';
import type { SpotCheckResult } from './spot-check.entity';
import { spotCheckResultStream } from './spot-check.stream';
import { spotCheckError } from './spot-checks.errors';
import type { NewResult, NewSpotCheck, OpenedSpotCheck, SpotCheckQuery, SpotCheckView } from './spot-checks.schema';
import { type Conversation, createSpotCheckStore, type Result, type Row } from './spot-checks.store';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record' | 'names'>;
  evidence: Pick<Evidence, 'append'>;
  scopes: ScopeService;
  findings: Pick<FindingService, 'raise'>;
  views: Pick<ConversationViews, 'show'>;
  reader: Pick<MessageReader, 'read'>;
}

const finder = { code: 'ATTESTATION_GAP', version: 1 } as const;
/** The newest messages that a device is compared with. */
const recentMessages = 5;

export type SpotChecks = ReturnType<typeof createSpotChecks>;

/**
 * A supervisor compares a conversation on a device with the archive (violations §2, ATTESTATION_GAP): without an agent on
 * the device the only proof that something was deleted there. Nobody asks for their own, or for whoever is above them.
 */
export function createSpotChecks({ db, audit, evidence, scopes, findings, views, reader }: Deps) {
  const store = createSpotCheckStore({ db, evidence });

  async function mayAsk(viewer: Viewer, column: string): Promise<Condition[]> {
    const within = (await scopes.of(viewer)).userid(column);
    const barred = await scopes.barred(viewer);
    const others: Condition[] =
      barred.length === 0 ? [] : [[`${column} NOT IN (${placeholders(barred.length)})`, ...barred]];
    return [...(within ? [within] : []), ...others];
  }

  /** @throws spot_check.staff_not_found */
  async function known(userid: string, viewer: Viewer): Promise<void> {
    const { where, params } = allOf([['s.userid = ?', userid], ...(await mayAsk(viewer, 's.userid'))]);
    const rows = await db.query(`SELECT s.id FROM staff s WHERE ${where}`, params);
    if (rows.length === 0) throw spotCheckError('staff_not_found', { userid });
  }

  /** @throws spot_check.not_found */
  async function find(id: string, viewer: Viewer): Promise<Row> {
    const [row] = await store.rowsWhere([['k.id = ?', Number(id)], ...(await mayAsk(viewer, 'k.userid'))], 1);
    if (!row) throw spotCheckError('not_found', { id });
    return row;
  }

  /** @throws spot_check.conversation_not_found */
  async function conversationOf({ userid, conversation_id }: Pick<Row, 'userid' | 'conversation_id'>) {
    const [conversation] = await store.conversations(userid, ['c.id = ?', conversation_id]);
    if (!conversation) throw spotCheckError('conversation_not_found', { conversation_id });
    return conversation;
  }

  /** @throws spot_check.nothing_to_draw */
  async function draw(userid: string, days: number) {
    const since = new Date(db.now().getTime() - daysMs(days));
    const through = await store.newestMessage();
    const among = await store.conversations(userid, ['c.last_message_at >= ?', since]);
    if (among.length === 0) throw spotCheckError('nothing_to_draw', { userid, days });
    const seed = randomToken(32);
    const ids = among.map(({ id }) => id);
    const drawn = { how: 'drawn' as const, reason: null, days, seed, population: ids.length, through_id: through };
    return { conversation_id: drawOne(seed, ids), ...drawn };
  }

  const record = (action: string, id: number, { viewer, address }: By, detail: object): Promise<void> =>
    audit.record({
      ...{ actor: actorOf(viewer), action, target: `spot_check:${id}`, result: 'ok', address, detail },
    });

  interface Written {
    by: By;
    conversation: Conversation;
    /** Those that were missing. */
    messages: readonly { id: number | string; content: string }[];
  }

  async function write(row: Row, result: Result, { by, conversation, messages }: Written): Promise<void> {
    const added = await store.addResult(Number(row.id), { ...result, actor: actorOf(by.viewer) });
    const { outcome, missing } = result;
    await record('spot_check.concluded', Number(row.id), by, { userid: row.userid, outcome, missing });
    if (outcome === 'matches') return;
    const evidence = [resultFact(added), ...messages.map(messageFact)];
    await findings.raise(finder, [draftOf(row, { conversation, at: added.at, evidence })]);
  }

  async function show(rows: readonly Row[]): Promise<(row: Row) => SpotCheckView> {
    const names = await audit.names(rows.flatMap(({ asked_by, actor }) => [asked_by, actor]));
    return (row) => viewOf(row, (actor) => ({ actor, name: names.get(actor) ?? null }));
  }

  async function shown(id: string, viewer: Viewer): Promise<SpotCheckView> {
    const row = await find(id, viewer);
    return (await show([row]))(row);
  }

  return {
    /** @throws spot_check.staff_not_found, conversation_not_found, nothing_to_draw */
    async ask(body: NewSpotCheck, by: By): Promise<SpotCheckView> {
      const { userid } = body;
      await known(userid, by.viewer);
      const nothing = { days: null, seed: null, population: null, through_id: null };
      const which =
        'days' in body
          ? await draw(userid, body.days)
          : {
              conversation_id: (await conversationOf(body)).id,
              how: 'chosen' as const,
              reason: maskPersonal(body.reason),
              ...nothing,
            };
      const id = await db.transact(async () => {
        const added = await store.add({ userid, ...which, asked_by: actorOf(by.viewer) });
        await record('spot_check.asked', added, by, { userid, ...which });
        return added;
      });
      return shown(String(id), by.viewer);
    },

    /** Newest first. @throws paging.bad_cursor */
    async list({ limit, cursor, userid, state }: SpotCheckQuery, viewer: Viewer): Promise<Page<SpotCheckView>> {
      const rows = await store.rowsWhere(
        [
          ...(cursor === undefined ? [] : [['k.id < ?', counterIn(cursor)] as const]),
          ...(userid === undefined ? [] : [['k.userid = ?', userid] as const]),
          ...(state === undefined ? [] : [isState(state)]),
          ...(await mayAsk(viewer, 'k.userid')),
        ],
        limit + 1,
      );
      return toPage(rows, limit, ({ id }) => [Number(id)], await show(rows));
    },

    /** With what the device should show; recorded as read before it is shown. @throws spot_check.not_found */
    async open(id: string, { viewer, address }: By): Promise<OpenedSpotCheck> {
      const row = await find(id, viewer);
      const { messages } = await conversationOf(row);
      const edges = await store.edges(row.conversation_id, recentMessages);
      const [first, ...recent] = await views.show(await reader.read([...edges.first, ...edges.recent]));
      if (!first) throw spotCheckError('conversation_not_found', { conversation_id: row.conversation_id });
      await audit.record({
        ...{ actor: actorOf(viewer), action: 'archive.read', target: `conversation:${row.conversation_id}` },
        ...{ result: 'ok', address, detail: { spot_check: id, messages: [...edges.first, ...edges.recent] } },
      });
      return { ...(await shown(id, viewer)), archive: { messages: Number(messages), first, recent } };
    },

    /** Once. What the device lacked is a finding. @throws spot_check.not_found, done, other_messages, recalled_messages */
    async conclude(id: string, body: NewResult, by: By): Promise<SpotCheckView> {
      const row = await find(id, by.viewer);
      if (row.outcome !== null) throw spotCheckError('done', { id });
      const conversation = await conversationOf(row);
      const missing = body.outcome === 'matches' ? [] : [...new Set(body.missing)];
      const messages = await store.messagesOf(conversation.id, missing);
      if (messages.length < missing.length) throw spotCheckError('other_messages');
      if (messages.some(({ recalled }) => recalled)) throw spotCheckError('recalled_messages');
      await db.transact(() => write(row, { ...body, missing }, { by, conversation, messages })).catch(quicker(id));
      return shown(id, by.viewer);
    },
  };
}

/** Of two who conclude at the same time one does. */
const quicker =
  (id: string) =>
  (error: unknown): never => {
    throw isUniqueViolation(error) ? spotCheckError('done', { id }) : error;
  };

const messageFact = ({ id, content }: { id: number | string; content: string }): EvidenceRef => ({
  ...{ source: 'message', ref: String(id), hash: content },
});

const resultFact = (result: SpotCheckResult): EvidenceRef => ({
  ...{ source: 'spot_check', ref: String(result.id) },
  hash: hash('sha256', JSON.stringify(spotCheckResultStream.forms[0]?.({ ...result }))),
});

interface Lacking {
  conversation: Conversation;
  at: Date;
  /** The result, and each message that the device lacked. */
  evidence: EvidenceRef[];
}

const draftOf = ({ id, userid, how }: Row, { conversation, at, evidence }: Lacking): Draft => ({
  ...{ key: String(id), evidenceLevel: 'DERIVED', severity: 'high', userid, occurredAt: at },
  ...{ externalUserid: conversation.external_userid ?? undefined, chatId: conversation.chat_id ?? undefined },
  features: { spot_check: how, missing_on_device: evidence.length - 1, messages_held: Number(conversation.messages) },
  evidence,
});

const isState = (state: SpotCheckView['state']): Condition =>
  state === 'open' ? ['r.id IS NULL'] : ['r.outcome = ?', state];

function viewOf(row: Row, who: (actor: string) => SpotCheckView['asked_by']): SpotCheckView {
  const { days, seed, population, through_id, outcome, missing, note, actor, at } = row;
  return {
    ...{
      id: String(row.id),
      userid: row.userid,
      conversation_id: row.conversation_id,
      how: row.how,
      reason: row.reason,
    },
    state: (outcome ?? 'open') as SpotCheckView['state'],
    draw:
      seed === null
        ? null
        : { days: Number(days), seed, population: Number(population), through_id: String(through_id) },
    ...{ asked_by: who(row.asked_by), asked_at: iso(toDate(row.asked_at)) },
    result: actor === null ? null : { missing: JSON.parse(missing ?? '[]'), note, by: who(actor), at: iso(toDate(at)) },
  };
}
