import { createDataSource } from '/work/main/src/db/data-source';
import { Database } from '/work/main/src/db/database';
import { insertRows } from '/work/main/src/db/bulk';
import { createExternalContactViews } from '/work/main/src/features/relations/external-contacts/external-contacts.views';
import { createConnection } from 'mysql2/promise';
async function main() {
  const which = process.argv[2];
  let url = 'sqlite:/tmp/rel2/scale.db';
  if (which === 'mysql') {
    const c = await createConnection({ uri: 'mysql://t:t@127.0.0.1:13306/' });
    await c.query('CREATE DATABASE IF NOT EXISTS rel2_scale CHARACTER SET utf8mb4 COLLATE utf8mb4_bin'); await c.end();
    url = 'mysql://t:t@127.0.0.1:13306/rel2_scale';
  }
  const source = await createDataSource(url, []);
  await source.initialize(); await source.runMigrations();
  const db = new Database(source);
  const at = new Date();
  const [have] = await db.query('SELECT 1 FROM relation LIMIT 1');
  const N = 1_000_000, S = 500;
  const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
  if (!have) {
    const staff = Array.from({ length: S }, (_, i) => [`s${i}`, `u${i}`, `u${i}`, `n${i}`, 'active', '[]', at, at]);
    await insertRows(db, { table: 'staff', columns: ['id','userid','userid_key','name','status','direct_leaders','created_at','updated_at'] }, staff as never);
    for (let from = 0; from < N; from += 20000) {
      await db.transact(async () => {
        const ns = Array.from({ length: 20000 }, (_, i) => from + i);
        await insertRows(db, { table: 'external_contact', columns: ['external_userid','id','name','type','gender','created_at','updated_at'] }, ns.map((n) => [`wm${(n * 7919) % N}x`, id(n), `客户${n}`, 1, 0, at, at]));
        await insertRows(db, { table: 'relation', columns: ['id','staff_id','external_userid','state','spell','started_at','remark','description','remark_corp_name','remark_mobiles','add_way','updated_at'] },
          // staff 1 is old: only the first 4000; state missing: 300 oldest
          ns.map((n) => [id(n), n < 4000 ? 's1' : `s${2 + (n % (S - 2))}`, `wm${(n * 7919) % N}x`, n < 300 ? 'missing' : n % 20 === 0 ? 'deleted_by_external' : 'active', 1, at, n % 1000 ? '' : 'VIP', '', '', '[]', 0, at]));
        await insertRows(db, { table: 'relation_tag', columns: ['relation_id','tag_key','type'] }, ns.flatMap((n) => [[id(n), `et${n % 50}`, 1], ...(n < 500 ? [[id(n), 'rare', 1]] : [])]) as never);
      });
      if (from % 200000 === 0) console.log(from);
    }
    if (which === 'mysql') await db.query('ANALYZE TABLE relation, external_contact, relation_tag'); 
  }
  const views = createExternalContactViews(db) as never as Record<string, (q: object) => Promise<{items: unknown[]}>>;
  const orig = db.query.bind(db);
  const time = async (name: string, fn: () => Promise<{items: unknown[]}>) => {
    const sqls: [string, unknown[], number][] = [];
    (db as never as { query: unknown }).query = async (sql: string, params: never[] = []) => { const t = performance.now(); const r = await orig(sql, params); sqls.push([sql, params, performance.now() - t]); return r; };
    const t = performance.now(); const r = await fn(); const ms = performance.now() - t;
    (db as never as { query: unknown }).query = orig;
    console.log(`\n== ${name}: ${ms.toFixed(0)} ms, ${r.items.length} items; queries ${sqls.map((s) => s[2].toFixed(0)).join(' ')}`);
    for (const [sql, params] of sqls) {
      if (!/external_contact e|relation r/.test(sql)) continue;
      const plan = await orig(`EXPLAIN ${which === 'mysql' ? '' : 'QUERY PLAN '}${sql}`, params as never);
      console.log('  ', sql.replace(/\s+/g, ' ').slice(0, 150)); for (const p of plan as never as Record<string, unknown>[]) console.log('     ', which === 'mysql' ? `${p.table} ${p.type} key=${p.key} rows=${p.rows} ${p.Extra}` : p.detail);
    }
  };
  const L = { limit: 50 };
  for (const [n, q] of Object.entries({ none: {}, userid: { userid: 'u7' }, oldUser: { userid: 'u1' }, active: { state: 'active' }, missing: { state: 'missing' }, delExt: { state: 'deleted_by_external' }, tag: { tag_id: 'et7' }, rare: { tag_id: 'rare' }, q: { q: '客户77' }, qVip: { q: 'vip' }, qNone: { q: 'zzz' } }))
    await time(`list ${n}`, () => views.list({ ...L, ...q }));
  for (const [n, q] of Object.entries({ none: {}, userid: { userid: 'u7' }, oldUser: { userid: 'u1' }, ext: { external_userid: 'wm5x' }, active: { state: 'active' }, missing: { state: 'missing' }, both: { userid: 'u7', state: 'active' } }))
    await time(`relations ${n}`, () => views.listRelations({ ...L, ...q }));
  await source.destroy();
}
main();
