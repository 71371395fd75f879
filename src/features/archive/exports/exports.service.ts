import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, hours } from '../../../core/clock';
import { newId } from '../../../core/ids';
import { type Page, textIn, toPage } from '../../../core/paging';
import type { Vault } from '../../../core/vault';
import { insertRows } from '../../../db/bulk';
import { type Database, toDate } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import { iso } from '../../../http/schema';
import type { JobHandler, JobQueue, Runs, RunView } from '../../../jobs';
import type { ApprovalService, By, Decided } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';
import type { ConversationViews } from '../conversations';
import type { ArchiveExport } from './export.entity';
import { exportError } from './exports.errors';
import {
  type ArchiveExportView,
  type ExportFilters,
  exportFilters,
  type NewArchiveExport,
  newArchiveExport,
} from './exports.schema';
import type { MakeDeps } from './make-export';
import { makeExport } from './make-export';
import { readSealed } from './sealed-file';
import { selectionReport } from './selection.report';

interface Deps extends Omit<MakeDeps, 'show' | 'selected'> {
  db: Database;
  clock: Clock;
  vault: Vault;
  runs: Runs;
  queue: Pick<JobQueue, 'add'>;
  audit: Pick<AuditService, 'record'>;
  approvals: Pick<ApprovalService, 'define' | 'required'>;
  views: Pick<ConversationViews, 'within' | 'show'>;
  /** Where the files lie until they are over. */
  dir: string;
}

export type ArchiveExports = ReturnType<typeof createArchiveExports>;

const act = 'archive.export';
const kind = 'archive-export';
const expiry = 'archive.exports.expire';
/** More than this leaves the house only when a second person agrees (S12). */
const mostAlone = 1000;
/** S18: how long the file can be fetched. */
const lasts = hours(24);

const targetOf = (id: string): string => `archive_export:${id}`;
const placeOf = (id: string) => ({ table: 'archive_export', column: 'sealed_key', id });

/** Taking conversations away, with what proves them and what checks it (A12, S18): for one person, for a day. */
export function createArchiveExports(deps: Deps) {
  const { db, clock, vault, runs, queue, audit, approvals, views, dir } = deps;
  const selected = selectionReport(db);
  const pathOf = (id: string): string => join(dir, `${id}.zip.sealed`);

  const countNow = async (filters: ExportFilters): Promise<{ messages: number; lastMessageId: number }> => {
    const lastMessageId = await selected.newestId();
    return { messages: await selected.count({ filters, lastMessageId }), lastMessageId };
  };

  /** Run, leave and record stand or fall together. */
  async function permit(body: NewArchiveExport, { viewer, address }: By, decided?: Decided): Promise<RunView> {
    const { reason, matter = null, ...filters } = body;
    const { messages, lastMessageId } = await countNow(filters);
    const now = clock.now();
    return db.transact(async () => {
      const run = await runs.start(kind, {}, viewer.name);
      const row = {
        ...{ id: run.id, requested_by: actorOf(viewer), requester: viewer.name.slice(0, 191) },
        ...{ approved_by: decided?.by ?? null, reason, matter, filters: JSON.stringify(filters), messages },
        ...{ last_message_id: lastMessageId, watermark: newId(), created_at: now },
        expires_at: new Date(now.getTime() + lasts),
      };
      await insertRows(db, { table: 'archive_export', columns: Object.keys(row) }, [Object.values(row)]);
      await audit.record({
        ...{ actor: row.requested_by, action: 'archive.export_permitted', target: targetOf(run.id), address },
        ...{ result: 'ok', reason: reason.slice(0, 255) },
        detail: { matter, filters, messages, watermark: row.watermark, ...decided },
      });
      return run;
    });
  }

  /** @throws archive_export.reach: an export knows no line */
  async function assertReach(viewer: Viewer): Promise<void> {
    if ((await views.within(viewer, 'c')) !== null) throw exportError('reach');
  }

  approvals.define<NewArchiveExport>({
    ...{ key: act, asks: 'archive:export', decides: 'exports:approve', payload: newArchiveExport },
    async describe({ reason: _, matter, ...filters }) {
      const { messages } = await countNow(filters);
      return { target: 'archive:messages', subject: `${messages} messages${matter ? `, ${matter}` : ''}` };
    },
    async execute(body, by, decided) {
      await assertReach(by.viewer);
      return permit(body, by, decided);
    },
  });

  async function rowOf(id: string): Promise<ArchiveExport | undefined> {
    const [row] = await db.query<ArchiveExport>('SELECT * FROM archive_export WHERE id = ?', [id]);
    return row;
  }

  /** @throws archive_export.not_found also when it is somebody else's, or over */
  async function own(id: string, viewer: Viewer): Promise<ArchiveExport> {
    const row = await rowOf(id);
    const isTheirs = row?.requested_by === actorOf(viewer);
    if (!row || !isTheirs || toDate(row.expires_at) <= clock.now()) throw exportError('not_found');
    return row;
  }

  runs.define<Record<string, never>, never, { messages: number; bytes: number; sha256: string }>(kind, {
    serialKey: kind,
    async execute({ id, signal, progress }) {
      const row = await rowOf(id);
      if (!row) throw exportError('not_found');
      const parts = { ...deps, show: views.show, selected };
      const made = await makeExport(parts, row, { path: pathOf(id), signal, progress });
      const { messages, bytes, sha256 } = made;
      await db.transact(async () => {
        await db.execute('UPDATE archive_export SET sealed_key = ?, bytes = ?, sha256 = ?, messages = ? WHERE id = ?', [
          ...[vault.seal(made.fileKey, placeOf(id)), bytes, sha256, messages, id],
        ]);
        const said = { action: 'archive.exported', target: targetOf(id), detail: { messages, bytes, sha256 } };
        await audit.record({ actor: row.requested_by, result: 'ok', ...said });
      });
      return { messages, bytes, sha256 };
    },
  });

  async function viewOf(row: ArchiveExport): Promise<ArchiveExportView> {
    const run = await runs.get(row.id);
    const { id, reason, matter, requested_by, approved_by, sha256 } = row;
    return {
      ...{ id, reason, matter, requested_by, approved_by, sha256 },
      ...{ state: run.state, progress: run.progress, error: run.error },
      filters: exportFilters.parse(JSON.parse(row.filters)),
      messages: Number(row.messages),
      ...{ created_at: iso(toDate(row.created_at)), expires_at: iso(toDate(row.expires_at)) },
      bytes: row.bytes === null ? null : Number(row.bytes),
      file: row.sealed_key === null ? null : `/api/v1/archive/exports/${id}/file`,
    };
  }

  return {
    /** @throws archive_export.reach; approval.required for more than 1,000 messages */
    async start(body: NewArchiveExport, by: By): Promise<RunView> {
      await assertReach(by.viewer);
      const { reason: _, matter: __, ...filters } = body;
      if ((await countNow(filters)).messages > mostAlone) throw approvals.required(act, body);
      return permit(body, by);
    },

    /** The viewer's own, newest first, as long as they can be fetched. @throws paging.bad_cursor */
    async list(
      query: { limit: number; cursor?: string | undefined },
      viewer: Viewer,
    ): Promise<Page<ArchiveExportView>> {
      const before = query.cursor === undefined ? '~' : textIn(query.cursor);
      const rows = await db.query<ArchiveExport>(
        `SELECT * FROM archive_export WHERE requested_by = ? AND expires_at > ? AND id < ? ORDER BY id DESC LIMIT ?`,
        [actorOf(viewer), clock.now(), before, query.limit + 1],
      );
      const { items, next_cursor } = toPage(
        rows,
        query.limit,
        ({ id }) => [id],
        (row) => row,
      );
      return { items: await Promise.all(items.map(viewOf)), next_cursor };
    },

    /** @throws archive_export.not_found */
    get: async (id: string, viewer: Viewer): Promise<ArchiveExportView> => viewOf(await own(id, viewer)),

    /** The record of the download comes first. @throws archive_export.not_found, not_ready */
    async file(id: string, { viewer, address }: By) {
      const { reason, sealed_key, bytes } = await own(id, viewer);
      if (sealed_key === null) throw exportError('not_ready');
      const row = { actor: actorOf(viewer), action: 'archive.export_downloaded', target: targetOf(id), address };
      await audit.record({ ...row, result: 'ok', reason: reason.slice(0, 255) });
      const body = readSealed(pathOf(id), vault.open(sealed_key, placeOf(id)));
      return { name: `archive-${id}.zip`, type: 'application/zip', bytes: Number(bytes), body };
    },

    /** For the schedule: files that are over. */
    expire: (): Promise<void> => queue.add([{ kind: expiry, lane: 'bulk', payload: {}, dedupeKey: expiry }]),

    /** The key goes first: without it the file says nothing, wherever it lies. */
    handler: (): JobHandler => ({
      kind: expiry,
      resumable: true,
      async handle() {
        const rows = await db.query<{ id: string }>(
          'SELECT id FROM archive_export WHERE expires_at <= ? AND sealed_key IS NOT NULL',
          [clock.now()],
        );
        for (const { id } of rows) {
          await db.execute('UPDATE archive_export SET sealed_key = NULL WHERE id = ?', [id]);
          await rm(pathOf(id), { force: true });
        }
      },
    }),
  };
}
