import { actorOf } from '../../../http/permissions';
import { get, post, type Route } from '../../../http/route';
import type { ArchiveKeyRing } from './key-ring';
import { addedKey, archiveKeyPage, newArchiveKey } from './key-ring.schema';

interface Services {
  archiveKeys: ArchiveKeyRing;
  archive: { wake(): Promise<void> };
}

export const archiveKeyRoutes = ({ archiveKeys, archive }: Services): Route[] => [
  get(
    '/archive/keys',
    {
      can: 'archive:status',
      about: 'Private keys of the conversation archive by version, without the keys themselves',
      returns: archiveKeyPage,
    },
    async () => ({ items: await archiveKeys.list(), next_cursor: null }),
  ),
  post(
    '/archive/keys',
    {
      can: 'archive:keys',
      about: 'Add a private key; what waits for it is opened. It is never shown again',
      freshFactor: 'where_enrolled',
      body: newArchiveKey,
      returns: addedKey,
    },
    async ({ body, viewer, ctx }) => {
      const added = await archiveKeys.add(body, { actor: actorOf(viewer), address: ctx.ip });
      await archive.wake();
      return { added };
    },
  ),
];
