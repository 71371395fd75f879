import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from 'winston';
import { createBlobStore } from '../../../../src/core/blobs/blob-store';
import { createDrafts } from '../../../../src/core/blobs/drafts';
import { createFolderShelf } from '../../../../src/core/blobs/shelves';
import type { Database } from '../../../../src/db/database';
import { fileBatchStream, mediaFeature } from '../../../../src/features/archive/media';
import { createMedia } from '../../../../src/features/archive/media/media';
import { evidenceFeature } from '../../../../src/features/kernel/evidence';
import { createJobQueue, createLeases, jobEntities } from '../../../../src/jobs';
import { SdkFault } from '../../../../src/wecom/archive';
import { parseMessage } from '../../../../src/wecom/archive/messages';
import { openTestDatabase } from '../../../support/database';
import { evidenceAt } from '../../../support/evidence';
import { vaultAtTest } from '../../../support/vault';

const sliceBytes = 512 * 1024;

/** A pretend WeCom that holds files, gives them in slices, and may be told to fail. */
export function mediaAtWecom() {
  const held = new Map<string, Buffer>();
  const asked: string[] = [];
  const wecom = {
    held,
    /** `file@index` of every question, in order. */
    asked,
    hold(id: string, content: Buffer = randomBytes(100)): Buffer {
      held.set(id, content);
      return content;
    },
    /** Looks at each question first: what it throws is the answer. */
    before: (_fileId: string, _index: string): void => undefined,
    async media(fileId: string, index: string) {
      asked.push(`${fileId}@${index}`);
      wecom.before(fileId, index);
      const content = held.get(fileId);
      if (!content) throw new SdkFault(10005);
      const from = index === '' ? 0 : Number(/bytes=(\d+)-/.exec(index)?.[1]);
      const data = content.subarray(from, from + sliceBytes);
      const finished = from + data.length >= content.length;
      const next = `Range:bytes=${from + sliceBytes}-${from + 2 * sliceBytes - 1}`;
      return { data, index: finished ? '' : next, finished };
    },
  };
  return wecom;
}

/** The feature on a database of its own, a folder, a clock that is moved by hand, and the pretend WeCom. */
export async function mediaAtTest() {
  const state = { now: new Date('2026-01-05T00:00:00.000Z'), free: 0.5, ready: true };
  const clock = { now: () => state.now };
  const entities = [...mediaFeature.entities, ...evidenceFeature.entities, ...jobEntities];
  const { db, close } = await openTestDatabase(entities, clock);
  const evidence = evidenceAt(db, clock, { streams: [fileBatchStream] });
  const dir = mkdtempSync(join(tmpdir(), 'scrm-media-'));
  const wecom = mediaAtWecom();
  const told: [number, string[]][] = [];
  const shelf = createFolderShelf(dir);
  const boundTo = vaultAtTest.boundTo;
  const blobs = createBlobStore({ dir, shelf, boundTo, freeShare: async () => state.free });
  const start = () =>
    createMedia({
      ...{ db, clock, vault: vaultAtTest, sdk: wecom, blobs, drafts: createDrafts({ dir, boundTo }) },
      ...{ logger: createLogger({ silent: true }), leases: createLeases({ db }), queue: createJobQueue({ db }) },
      ...{ audit: { record: async () => undefined }, evidence: evidence.evidence, ready: async () => state.ready },
      texts: async (messageId, texts) => void told.push([messageId, texts.map(({ text }) => text)]),
    });
  let media = start();
  let lastId = 0;

  return {
    ...{ db, dir, wecom, state, told, shelf, evidence: evidence.evidence },
    get media() {
      return media;
    },
    /** As another process would find it. */
    restart: (): void => {
      media = start();
    },
    forward: (ms: number): void => {
      state.now = new Date(state.now.getTime() + ms);
    },

    /** A message as it is opened. @returns its id */
    async opens(type: string, content: object, sentAt = state.now): Promise<number> {
      const id = ++lastId;
      const plain = JSON.stringify({
        ...{ msgid: `m${id}`, action: 'send', from: 'lin', tolist: ['wu'], msgtime: sentAt.getTime(), msgtype: type },
        [type]: content,
      });
      const message = parseMessage(plain);
      if (!message) throw new Error('no message');
      const conversation = { id: 'c1', kind: 'single' } as never;
      const write = media.sink([{ id, seq: String(id), plain, message, conversation, sentAt }]);
      await db.transact(write);
      return id;
    },

    /** One run of the job. */
    fetches: (signal = new AbortController().signal): Promise<void> =>
      media.fetching.handler().handle({ signal } as never),

    files: () => db.query<Record<string, unknown>>('SELECT * FROM archive_file ORDER BY deadline_at, id'),
    /** What is known of the files of a message, by path. */
    async seen(messageId: number, path = '') {
      return (await media.lookup.of([{ id: messageId } as never]))(messageId, path);
    },
    /** What is stored of a file of a message, to the byte. */
    content: (messageId: number) => contentOf(db, blobs, messageId),
    stored: (): string[] => filesUnder(dir),

    async close(): Promise<void> {
      evidence.dropAnchors();
      await close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export type MediaAtTest = Awaited<ReturnType<typeof mediaAtTest>>;

export const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

async function contentOf(db: Database, blobs: ReturnType<typeof createBlobStore>, messageId: number): Promise<Buffer> {
  const [row] = await db.query<{ id: string; size: unknown; sealed: string }>(
    `SELECT b.id, b.size, b.sealed FROM archive_attachment a JOIN archive_file f ON f.id = a.file_id
     JOIN archive_blob b ON b.id = f.blob_id WHERE a.message_id = ?`,
    [messageId],
  );
  if (!row) throw new Error('nothing is stored');
  const key = Buffer.from(
    vaultAtTest.open(row.sealed, { table: 'archive_blob', column: 'sealed', id: row.id }),
    'base64',
  );
  const parts: Buffer[] = [];
  for await (const part of blobs.read({ id: row.id, key, size: Number(row.size) })) parts.push(part);
  return Buffer.concat(parts);
}
