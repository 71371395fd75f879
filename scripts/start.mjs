import { runCli } from './lib/cli.mjs';
import { loadDotEnv, main, requireNode } from './lib/project.mjs';
import { prepare } from './prepare.mjs';

// npm start: makes the clone ready, then runs everything in one process.
await main(async () => {
  requireNode();
  loadDotEnv();
  await prepare();
  await runCli(['serve', '--migrate', ...process.argv.slice(2)], { ownGroup: true });
});
