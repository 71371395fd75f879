import { days } from '../../../core/clock';
import type { Vault } from '../../../core/vault';
import type { MediaRef } from '../../../wecom/archive/messages';
import { everything } from '../../../wecom/archive/messages';
import type { OpenedMessage } from '../conversations';

/** A place in a message that refers to a file. */
export interface Reference {
  messageId: number;
  path: string;
  /** Keyed hash of what WeCom calls the file by. */
  fileId: string;
  told: MediaRef;
  deadline: Date;
}

/** How long WeCom keeps a file (wecom-archive §1.3). */
const keptFor = days(5);

/** Every file that a message refers to, and what is inside it. */
export const referencesIn = ({ id, message, sentAt }: OpenedMessage, vault: Pick<Vault, 'fingerprint'>): Reference[] =>
  everything(message).flatMap(({ path, media }) =>
    media
      ? [
          {
            ...{ messageId: id, path, told: media },
            fileId: vault.fingerprint('archive_file', media.file_id),
            deadline: new Date(sentAt.getTime() + keptFor),
          },
        ]
      : [],
  );
