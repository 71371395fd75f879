import type { Config } from '../config';
import { days } from './core/clock';
import type { Database } from './db/database';
import type { InboxService } from './features/relations/inbox';
import { leaversJob } from './features/relations/reconciliation';
import { purgeIdempotencyKeys } from './http/idempotency';
import { type JobQueue, type Runs, type ScheduledWork, scheduled } from './jobs';

interface Deps {
  config: Pick<Config, 'keepDays'>;
  db: Database;
  queue: JobQueue;
  runs: Runs;
  inbox: InboxService;
}

/** Everything that runs by the clock, Shanghai time. Each only starts work that others do. */
export const schedules = ({ config, db, queue, runs, inbox }: Deps): ScheduledWork[] => [
  scheduled('reconciliation', {
    cron: '10 3 * * *',
    about: 'Compare our copy with WeCom and explain every difference',
    run: () => runs.start('reconciliation', {}, 'schedule'),
  }),
  scheduled('backup', {
    cron: '30 2 * * *',
    about: 'Take a backup, read it back, and remove old ones',
    run: () => runs.start('backup', {}, 'schedule'),
  }),
  scheduled('leavers', {
    cron: '25 */2 * * *',
    about: 'Read the external contacts of leavers that nobody was given yet',
    run: () => queue.add([{ kind: leaversJob, lane: 'bulk', payload: {}, dedupeKey: leaversJob }]),
  }),
  scheduled('retention', {
    cron: '40 4 * * *',
    about: 'Drop callback bodies, jobs and runs that are older than the settings say',
    async run() {
      const ago = (n: number) => new Date(db.now().getTime() - days(n));
      await inbox.dropOldBodies(config.keepDays.inbox);
      await queue.purge(ago(config.keepDays.jobs));
      await runs.purge(ago(config.keepDays.jobs));
      await purgeIdempotencyKeys(db, ago(1));
    },
  }),
];
