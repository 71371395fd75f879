import { allEntities } from '../../../../src/entities';
import { createBodyKeys } from '../../../../src/features/archive/conversations/body-keys';
import { openTestDatabase } from '../../../support/database';
import { vaultAtTest as vault } from '../../../support/vault';

test('AR2 no key goes missing within a call, however few are remembered from one call to the next', async () => {
  const { db, close } = await openTestDatabase(allEntities);
  const keys = createBodyKeys({ db, vault, mostRemembered: 2 });
  const wanted = Array.from({ length: 7 }, (_, i) => ({ conversationId: `c${i}`, month: '2026-01' }));
  await db.transact(() => keys.ensure(wanted.slice(0, 4)));
  const made = await db.transact(() => keys.ensure(wanted));
  const ids = made.flatMap((key) => key?.id ?? []);
  expect(new Set(ids).size).toBe(7);
  const found = await keys.find(ids);
  expect(ids.filter((id) => !found.has(id))).toEqual([]);
  const again = await createBodyKeys({ db, vault, mostRemembered: 2 }).find(ids);
  expect(ids.map((id) => again.get(id)?.equals(found.get(id) as Buffer))).toEqual(ids.map(() => true));
  await close();
});
