import { Command } from 'commander';
import type { JobState } from '../jobs';
import { print, withServices } from './session';

/** `jobs list|retry`. */
export function jobCommands(): Command {
  const jobs = new Command('jobs').description('the job queue');
  jobs
    .command('list')
    .option('--state <state>', 'ready, running, done or parked')
    .option('--limit <n>', 'at most so many, newest first', Number, 50)
    .option('--json')
    .action(({ state, limit, json }: { state?: JobState; limit: number; json?: boolean }) =>
      withServices(async ({ services }) => {
        const page = await services.queue.list({ limit, ...(state ? { state } : {}) });
        const lines = page.items.map((j) => `${j.id}  ${j.state}  ${j.kind}  tries ${j.attempts}  ${j.error ?? ''}`);
        print(page, { json: json ?? false }, lines.join('\n') || 'No jobs.');
      }),
    );
  jobs
    .command('retry <id>')
    .description('give a parked job its tries back')
    .option('--json')
    .action((id: string, { json }: { json?: boolean }) =>
      withServices(async ({ services }) => {
        await services.queue.retry(Number(id));
        print({ ok: true }, { json: json ?? false }, 'It will be tried again.');
      }),
    );
  return jobs;
}
