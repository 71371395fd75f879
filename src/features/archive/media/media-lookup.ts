import { groupBy } from '../../../core/collections';
import type { Vault } from '../../../core/vault';
import { inChunks } from '../../../db/bulk';
import { type Database, placeholders } from '../../../db/database';
import type { MediaLookup, MediaView } from '../conversations';
import { isVoice } from './file-type';
import type { ArchiveFile } from './media.entity';

type Row = Pick<ArchiveFile, 'id' | 'state' | 'fault' | 'sha256' | 'type' | 'blob_id' | 'thumbnail_id' | 'qr'> & {
  message_id: number | string;
  path: string;
};

/** Where a file is downloaded: it is shown as a part of a message, to those who see the message. */
const addressOf = ({ id, message_id }: Row, what = ''): string =>
  `/api/v1/archive/media/${id}${what}?message=${message_id}`;

/** What can be read in the files of a message, and where in it they stand. */
export interface FileText {
  path: string;
  text: string;
}

/** What conversations show of the files of messages, and what can be read in those. */
export function createMediaLookup({ db, vault }: { db: Database; vault: Vault }) {
  const toView = (row: Row): Partial<MediaView> => ({
    ...{ state: row.state, fault: row.fault, sha256: row.sha256, type: row.type },
    url: row.blob_id === null ? null : addressOf(row),
    thumbnail_url: row.thumbnail_id === null ? null : addressOf(row, '/thumbnail'),
    audio_url: row.blob_id !== null && isVoice(row.type) ? addressOf(row, '/audio') : null,
    qr: codesOf(row),
  });

  const codesOf = ({ id, qr }: Row): string[] =>
    qr === null ? [] : JSON.parse(vault.open(qr, { table: 'archive_file', column: 'qr', id }));

  const rowsOf = (ids: readonly number[]): Promise<Row[]> =>
    inChunks([...ids], (chunk) =>
      db.query<Row>(
        `SELECT a.message_id, a.path, f.id, f.state, f.fault, f.sha256, f.type, f.blob_id, f.thumbnail_id, f.qr
         FROM archive_attachment a JOIN archive_file f ON f.id = a.file_id
         WHERE a.message_id IN (${placeholders(chunk.length)})`,
        chunk,
      ),
    );

  const lookup: MediaLookup = {
    async of(messages) {
      const rows = await rowsOf(messages.map(({ id }) => id));
      const views = new Map(rows.map((row) => [`${row.message_id} ${row.path}`, toView(row)]));
      return (messageId, path) => views.get(`${messageId} ${path}`);
    },
  };

  return {
    ...lookup,

    /** Texts of QR codes, by message. */
    async texts(ids: readonly number[]): Promise<ReadonlyMap<number, FileText[]>> {
      const rows = (await rowsOf(ids)).filter(({ qr }) => qr !== null);
      return new Map(
        [...groupBy(rows, ({ message_id }) => Number(message_id))].map(([id, own]) => [
          id,
          own.flatMap((row) => codesOf(row).map((text) => ({ path: placeOfCode(row.path), text }))),
        ]),
      );
    },
  };
}

/** A code in a picture is no part of the item that holds the picture: it has a place of its own. */
export const placeOfCode = (path: string): string => `${path}#qr`;
