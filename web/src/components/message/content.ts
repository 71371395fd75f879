import type { ArchivedItem, ArchivedMedia, ArchivedMessage } from '../../api';
import { type Detail, detailOf } from '../../lib/detail';

/** A message, or something inside one, as the parts of this folder draw it. */
export interface MessageContent {
  /** Where it stands in the message; empty for the message itself. */
  path: string;
  type: string;
  body: Detail;
  items: ArchivedItem[];
  /** The files of the whole message. */
  media: readonly ArchivedMedia[];
}

export const contentOf = ({ type, body, items, media }: ArchivedMessage): MessageContent => ({
  ...{ path: '', type, body: detailOf(body), items, media },
});

export const contentOfItem = ({ path, type, body, items }: ArchivedItem, media: readonly ArchivedMedia[]) => ({
  ...{ path, type, body: detailOf(body), items, media },
});

export const mediaOf = ({ path, media }: MessageContent): ArchivedMedia | undefined =>
  media.find((file) => file.path === path);
