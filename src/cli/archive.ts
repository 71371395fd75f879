import { Command, Option } from 'commander';
import { exitCode } from '../core/errors';
import type { ArchiveVerifications } from '../features/archive/verification';
import { print, withServices } from './session';

type Verdict = Awaited<ReturnType<ArchiveVerifications['verify']>>;

interface Verify {
  scope: 'all' | 'new';
  json?: boolean;
}

/** `archive verify`: recorded like every verification. */
export function archiveCommands(): Command {
  const archive = new Command('archive').description('the conversation archive');
  archive
    .command('verify')
    .description('find whatever was changed, deleted, inserted or swapped; exits with 1 when something was')
    .addOption(new Option('--scope <scope>', 'new: what came since').choices(['all', 'new']).default('all'))
    .option('--json')
    .action(async ({ scope, json = false }: Verify) => {
      const verdict = await withServices(({ services }) =>
        services.archiveVerifications.verify({ scope, actor: 'host' }),
      );
      print(verdict, { json }, sentence(verdict));
      if (!verdict.ok) process.exitCode = exitCode.failure;
    });
  return archive;
}

const mostShown = 20;

function sentence({ ok, checked, faults, fault_count }: Verdict): string {
  const read = `${checked.envelopes} envelopes, ${checked.messages} messages, ${checked.links} links`;
  if (ok) return `Nothing was changed: ${read} checked.`;
  const lines = faults.slice(0, mostShown).map(({ kind, table, id, detail }) => `${kind} ${table} ${id}: ${detail}`);
  return `BROKEN: ${fault_count} faults (${read} checked).\n${lines.join('\n')}`;
}
