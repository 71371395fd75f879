import { Command, Option } from 'commander';
import { seconds, sleep } from '../core/clock';
import { AppError } from '../core/errors';
import type { RunView } from '../jobs';
import type { Services } from '../services';
import { createWorkers } from '../workers';
import { type CliSession, print, withServices } from './session';

const scopes = ['all', 'directory', 'external_contacts', 'group_chats', 'corp_tags'];

/** `sync` and `reconcile`: start a run and see it through, whether a server is running or not. */
export const runCommands = (): Command[] => [
  new Command('sync')
    .description('read everything, or one part, from WeCom')
    .addOption(new Option('--scope <scope>').choices(scopes).default('all'))
    .option('--json')
    .action(({ scope, json }: { scope: string; json?: boolean }) =>
      execute(({ runs }) => runs.start('sync', { scope }, 'host'), sentence, json),
    ),
  new Command('reconcile')
    .description('compare our copy with WeCom and explain every difference')
    .option('--json')
    .action(({ json }: { json?: boolean }) =>
      execute(({ runs }) => runs.start('reconciliation', {}, 'host'), sentence, json),
    ),
];

/** Starts a run and sees it through, in this process where that can be. `say` tells what a good one came to. */
export const execute = (
  start: (services: Services) => Promise<RunView>,
  say: (run: RunView) => string,
  json = false,
): Promise<void> =>
  withServices(async (session) => {
    const worker = createWorkers(session, session.services);
    // The demo company lives inside the server, so only the server can read it.
    const alone = session.config.wecom.mode === 'live';
    if (alone) worker.start();
    try {
      const run = await start(session.services);
      const ended = await followed(session, run, alone);
      print(ended, { json }, ended.state === 'succeeded' ? say(ended) : failure(ended));
      if (ended.state !== 'succeeded') process.exitCode = 1;
    } finally {
      await worker.stop({ graceMs: 5000 });
    }
  });

async function followed({ services: { runs } }: CliSession, run: RunView, alone: boolean): Promise<RunView> {
  const patience = alone ? undefined : AbortSignal.timeout(seconds(20));
  for (let seen = run; ; seen = await runs.get(run.id)) {
    if (['succeeded', 'failed', 'cancelled'].includes(seen.state)) return seen;
    if (seen.state === 'queued' && patience?.aborted) {
      await runs.cancel(run.id);
      throw new AppError('run.no_server', 503, 'The demo company lives inside the server: start it first (npm start).');
    }
    await sleep(300);
  }
}

const failure = (run: RunView): string => `The run ${run.state}${run.error ? `: ${run.error}` : ''}.`;

function sentence(run: RunView): string {
  const counts = run.result as Record<string, number>;
  const said = ['seen', 'added', 'changed', 'vanished', 'unknown'].map((name) => `${name} ${counts[name] ?? 0}`);
  return `Done: ${said.join(', ')}.`;
}
