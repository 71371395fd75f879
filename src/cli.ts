import { Command } from 'commander';
import { version } from '../package.json';
import { accessCommands } from './cli/access';
import { archiveCommands } from './cli/archive';
import { auditCommands } from './cli/audit';
import { backupCommands } from './cli/backup';
import { checkCommand } from './cli/check';
import { jobCommands } from './cli/jobs';
import { keyCommands } from './cli/keys';
import { openapiCommand } from './cli/openapi';
import { runCommands } from './cli/runs';
import { serveCommands } from './cli/serve';
import { AppError, exitCode, messageOf, StartupError } from './core/errors';

/** The control program (design 5.1). Results go to stdout, everything else to stderr. */
function program(): Command {
  const scrm = new Command('scrm').description('Self-hosted WeCom SCRM server').version(version).showHelpAfterError();
  // An option after a subcommand is that one's, also where its parent has one of the same name.
  scrm.enablePositionalOptions();
  for (const command of [
    ...serveCommands(),
    checkCommand(),
    ...accessCommands(),
    ...runCommands(),
    ...backupCommands(),
    keyCommands(),
    jobCommands(),
    archiveCommands(),
    auditCommands(),
    openapiCommand(),
  ]) {
    scrm.addCommand(command);
  }
  return scrm;
}

program()
  .parseAsync()
  .catch((error: unknown) => {
    const known = error instanceof StartupError || error instanceof AppError;
    process.stderr.write(`${known ? messageOf(error) : error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = error instanceof StartupError ? error.exitCode : exitCode.failure;
    // Whatever is still open must not keep a failed command alive.
    setTimeout(() => process.exit(), 500).unref();
  });
