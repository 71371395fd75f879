import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names this run of the tests, for what its files share: on a database server, and as a file. */
export default function runBegins(): void {
  const run = randomBytes(4).toString('hex');
  process.env.TEST_RUN = run;
  process.env.TEST_SQLITE_TEMPLATE = join(tmpdir(), `scrm-template-${run}.db`);
}
