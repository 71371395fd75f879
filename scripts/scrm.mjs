import { runCli } from './lib/cli.mjs';
import { loadDotEnv, main, requireNode } from './lib/project.mjs';
import { prepare } from './prepare.mjs';

// npm run scrm -- <command>: the control program. Only the command itself writes to stdout.
await main(async () => {
  requireNode();
  loadDotEnv();
  await prepare({ web: false });
  await runCli(process.argv.slice(2));
});
