import { withServices } from '../../../../src/cli/session';

/** What `crash.test.ts` does in processes of their own: fetches messages, then files, and tells what there is. */
void withServices(async ({ db, services: { archive, mediaFetching, mediaVerifier } }) => {
  const job = { signal: new AbortController().signal } as never;
  // As if the lease of a process that died had run out.
  await db.execute("UPDATE lease SET lease_until = ? WHERE name = 'archive.media'", [new Date(0)]);
  await archive.handler().handle(job);
  await mediaFetching.handler().handle(job);
  await archive.stop();
  const files = await db.query('SELECT state, sha256, slices FROM archive_file');
  const faults: unknown[] = [];
  for await (const fault of mediaVerifier.faults()) faults.push(fault);
  const [{ n = 0 } = {}] = await db.query<{ n: unknown }>('SELECT COUNT(*) AS n FROM archive_file_batch');
  process.stdout.write(JSON.stringify({ files, faults, batches: Number(n) }));
});
