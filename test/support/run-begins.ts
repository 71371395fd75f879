import { randomBytes } from 'node:crypto';

/** Names this run of the tests, for what its files share on a database server. */
export default function runBegins(): void {
  process.env.TEST_RUN = randomBytes(4).toString('hex');
}
