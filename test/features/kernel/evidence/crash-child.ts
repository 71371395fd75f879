import { withServices } from '../../../../src/cli/session';

/** What `crash.test.ts` does in processes of their own: `record <n>`, `seal`, `verify`. */
const [what, rows] = process.argv.slice(2);

void withServices(async ({ db, services: { audit, evidence } }) => {
  if (what === 'record') {
    await db.transact(async () => {
      for (let i = 0; i < Number(rows); i++) {
        await audit.record({ actor: 'host', action: 'thing.done', target: `thing:${i}`, result: 'ok' });
      }
    });
  }
  if (what === 'seal') {
    // As if the lease of a sealer that died had run out.
    await db.execute("UPDATE lease SET lease_until = ? WHERE name = 'evidence.seal'", [new Date(0)]);
    await evidence.seal();
  }
  const { ok, checked } = await evidence.verify();
  const pending = (await db.query('SELECT row_id FROM evidence_pending')).length;
  process.stdout.write(JSON.stringify({ ok, checked, pending }));
});
