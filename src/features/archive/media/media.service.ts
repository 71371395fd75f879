import { BlobFault } from '../../../core/blobs/blob-fault';
import type { BlobKey, BlobStore } from '../../../core/blobs/blob-store';
import type { Logger } from '../../../core/logger';
import { allOf } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import type { Bytes, Part } from '../../../http/bytes';
import { actorOf, type Viewer } from '../../../http/permissions';
import { everything } from '../../../wecom/archive/messages';
import type { AuditService } from '../../kernel/audit';
import type { ConversationViews, MessageReader } from '../conversations';
import type { BlobRows } from './blobs.store';
import { anyBytes, endingOf, isVoice, mayBeInline } from './file-type';
import type { ArchiveFile } from './media.entity';
import { mediaError } from './media.errors';
import type { MediaQuery } from './media.schema';
import { mostVoiceBytes, type Voice, voiceOf } from './voice';
import type { DecodeVoice } from './voice-decoder';

interface Deps {
  db: Database;
  logger: Pick<Logger, 'warn' | 'error'>;
  audit: Pick<AuditService, 'record'>;
  reader: Pick<MessageReader, 'read'>;
  /** Which conversations somebody sees. */
  views: Pick<ConversationViews, 'within'>;
  blobs: Pick<BlobStore, 'read'>;
  rows: Pick<BlobRows, 'key'>;
  decodeVoice: DecodeVoice;
}

/** Who looks, and from where. */
interface Looking {
  viewer: Viewer;
  address: string;
}

type Found = Pick<ArchiveFile, 'id' | 'state' | 'type' | 'blob_id' | 'thumbnail_id'> & { path: string };

export type MediaService = ReturnType<typeof createMediaService>;

/**
 * Files as people download them. Not a byte is sent before the row in the audit trail that says who got it is committed
 * (S16).
 */
export function createMediaService({ db, logger, audit, reader, views, blobs, rows, decodeVoice }: Deps) {
  /** @throws media.not_found, also for one that is none of the viewer's business, or whose message was purged */
  async function find(id: string, messageId: number, viewer: Viewer): Promise<Found & { name: string | null }> {
    const limit = await views.within(viewer, 'c');
    const { where, params } = allOf([['a.file_id = ? AND a.message_id = ?', id, messageId], ...(limit ? [limit] : [])]);
    const [row] = await db.query<Found>(
      `SELECT f.id, f.state, f.type, f.blob_id, f.thumbnail_id, a.path
       FROM archive_attachment a
       JOIN archive_file f ON f.id = a.file_id
       JOIN archive_message m ON m.id = a.message_id
       JOIN archive_conversation c ON c.id = m.conversation_id
       WHERE ${where} ORDER BY a.path LIMIT 1`,
      params,
    );
    const [stored] = row ? await reader.read([messageId]) : [];
    if (!row || !stored?.opened) throw mediaError('not_found', { id });
    const place = [...everything(stored.opened.message)].find(({ path }) => path === row.path);
    return { ...row, name: place?.media?.name ?? null };
  }

  const record = (file: Found, messageId: number, { viewer, address }: Looking, detail: object): Promise<void> =>
    audit.record({
      ...{
        actor: actorOf(viewer),
        action: 'archive.media_read',
        target: `message:${messageId}`,
        result: 'ok',
        address,
      },
      detail: { file: file.id, ...detail },
    });

  /** @throws media.damaged when the first of it is not what was stored; what is wrong further on breaks off the answer */
  async function* send(blob: BlobKey, part: Part): AsyncGenerator<Buffer> {
    try {
      yield* blobs.read(blob, part);
    } catch (error) {
      if (!(error instanceof BlobFault)) throw error;
      logger.error('a stored file is damaged', { blob: blob.id, reason: error.reason });
      throw mediaError('damaged', { reason: error.reason });
    }
  }

  /** @throws media.not_playable when the decoder gives up at the first of it */
  async function* play(voice: Voice, part: Part): AsyncGenerator<Buffer> {
    try {
      yield* voice.read(part);
    } catch (error) {
      logger.warn('a voice message could not be decoded', { reason: String(error) });
      throw mediaError('not_playable');
    }
  }

  async function voiceIn(blob: BlobKey): Promise<Voice | undefined> {
    const whole = { from: 0, to: blob.size };
    return blob.size > mostVoiceBytes
      ? undefined
      : voiceOf(Buffer.concat(await collect(send(blob, whole))), decodeVoice);
  }

  async function keyOf(id: string | null): Promise<BlobKey> {
    const key = id === null ? undefined : await rows.key(id);
    if (!key) throw mediaError('not_stored');
    return key;
  }

  return {
    /**
     * One file of one message. Recorded before it is sent.
     * @throws media.not_found, media.not_stored
     */
    async open(id: string, { message, inline }: MediaQuery, looking: Looking): Promise<Bytes> {
      const file = await find(id, Number(message), looking.viewer);
      const blob = await keyOf(file.blob_id);
      const type = file.type ?? '';
      await record(file, Number(message), looking, { size: blob.size });
      return {
        name: file.name ?? `${id.slice(0, 8)}.${endingOf(type)}`,
        // What a browser might run is no more than bytes to it.
        type: mayBeInline(type) ? type : anyBytes,
        ...{ size: blob.size, inline: inline === '1' && mayBeInline(type) },
        read: (part) => send(blob, part),
      };
    },

    /** @throws media.not_found, media.no_thumbnail */
    async openThumbnail(id: string, message: string, looking: Looking): Promise<Bytes> {
      const file = await find(id, Number(message), looking.viewer);
      if (file.thumbnail_id === null) throw mediaError('no_thumbnail', { id });
      const blob = await keyOf(file.thumbnail_id);
      await record(file, Number(message), looking, { thumbnail: true });
      return {
        ...{ name: `${id.slice(0, 8)}.webp`, type: 'image/webp', size: blob.size, inline: true },
        read: (part) => send(blob, part),
      };
    },

    /**
     * What was spoken, as browsers play it. What it needs of it is decoded while it is sent.
     * @throws media.not_found, media.not_stored, media.not_playable
     */
    async openVoice(id: string, message: string, looking: Looking): Promise<Bytes> {
      const file = await find(id, Number(message), looking.viewer);
      const blob = await keyOf(file.blob_id);
      const voice = isVoice(file.type) ? await voiceIn(blob) : undefined;
      if (!voice) throw mediaError('not_playable', { id });
      await record(file, Number(message), looking, { sound: true });
      return {
        ...{ name: `${id.slice(0, 8)}.wav`, type: 'audio/wav', size: voice.size, inline: true },
        read: (part) => play(voice, part),
      };
    },
  };
}

async function collect(parts: AsyncIterable<Buffer>): Promise<Buffer[]> {
  const all: Buffer[] = [];
  for await (const part of parts) all.push(part);
  return all;
}
