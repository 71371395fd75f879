import type { Vault } from '../../../core/vault';
import type { ArchiveReview } from './review.entity';
import type { ReviewStore } from './review.store';

/** Puts some of what was found clean into the second line. */
export type Recheck = (item: ArchiveReview) => Promise<void>;

interface Deps {
  vault: Pick<Vault, 'fingerprint'>;
  store: Pick<ReviewStore, 'add'>;
  /** Percent of the clean ones that are looked at again. */
  shareOf(item: ArchiveReview): Promise<number>;
}

/**
 * Which ones follows from a keyed hash of the item: no reviewer can tell, and nobody can choose. What the second line
 * finds clean is not looked at a third time.
 */
export const createRecheck =
  ({ vault, store, shareOf }: Deps): Recheck =>
  async (item) => {
    if (item.queue === 'second_line') return;
    const place = Buffer.from(vault.fingerprint('second_line', item.id), 'base64url').readUInt32BE() / 2 ** 32;
    if (place * 100 >= (await shareOf(item))) return;
    const messageId = Number(item.message_id);
    const origin = `second_line:${item.id}`;
    await store.add([{ origin, queue: 'second_line', messageId, rechecks: item.id, by: 'system' }]);
  };
