import { createDataKey, firstKeys, Vault } from '../../src/core/vault';
import { createDataSource } from '../../src/db/data-source';
import { Database } from '../../src/db/database';
import { allEntities } from '../../src/entities';
import { createKeyStore } from '../../src/features/kernel/keys/keys.store';
import { sealedColumns } from '../../src/features/kernel/keys/sealed-columns';
import type { Bench, BenchGround, Figure } from './figures';
import { insertRaw, migrateEmpty } from './raw-insert';

/** 1 M rows in ten minutes (O7). */
const leastPerSecond = 1_000_000 / 600;
const rowsAtOnce = 50_000;
const rowsPerStep = 500;
const corp = 'wwbench000000001';
const masterKey = Buffer.from('0123456789abcdef0123456789ABCDEF');

/** O7: how fast the rows of the largest sealed table are sealed anew, in the steps of a rotation. */
export const rotation: Bench = {
  name: 'rotation',
  about: 'rows sealed anew a second when a data key is rotated',
  run: (ground) => ground.freshDatabase((url) => measure(ground, url)),
};

async function measure({ quick, on }: BenchGround, url: string): Promise<Figure[]> {
  const rows = quick ? 20_000 : 200_000;
  const [first, second] = [firstKeys(masterKey, corp), createDataKey(masterKey, corp, 2)];
  const vault = new Vault(masterKey, corp, first);
  await fill(url, vault, rows);
  const source = await createDataSource(url, allEntities);
  const db = new Database(await source.initialize());
  try {
    vault.adopt([...first, second], new Date());
    const began = performance.now();
    const sealed = await sealAnew(db, vault);
    const value = rows / ((performance.now() - began) / 1000);
    if (sealed !== rows) throw new Error(`${sealed} of ${rows} rows were sealed anew`);
    const target = { text: '≥ 1 M rows in 10 min', met: value >= leastPerSecond };
    return [{ name: `relations sealed anew, of ${rows}`, on, value, unit: 'rows/s', target }];
  } finally {
    await source.destroy();
  }
}

async function sealAnew(db: Database, vault: Vault): Promise<number> {
  const store = createKeyStore({ db, vault });
  const column = sealedColumns.find(({ table }) => table === 'relation');
  if (!column) throw new Error('the relations are not in the list');
  let done = 0;
  for (let after: string | number | null = null, isEnd = false; !isEnd; isEnd = after === null) {
    const { rows, next } = await store.stretch(column, after, rowsPerStep);
    done += (await db.transact(() => store.sealAnew(column, rows))).sealed;
    after = next;
  }
  return done;
}

async function fill(url: string, vault: Vault, rows: number): Promise<void> {
  await migrateEmpty(url);
  const at = '2026-01-01 00:00:00.000';
  const columns =
    'id staff_id external_userid state spell started_at remark description remark_corp_name remark_mobiles add_way personal updated_at'.split(
      ' ',
    );
  for (let from = 0; from < rows; from += rowsAtOnce) {
    const ids = Array.from({ length: Math.min(rowsAtOnce, rows - from) }, (_, n) => String(from + n).padStart(36, '0'));
    const relations = ids.map((id) => {
      const personal = vault.seal('["met at the fair","[\\"13800138000\\"]",null]', {
        table: 'relation',
        column: 'personal',
        id,
      });
      return [id, 's1', `wm${id}`, 'active', 1, at, '', '', '', '[]', 1, personal, at];
    });
    await insertRaw(url, [{ table: 'relation', columns, rows: relations }]);
  }
}
