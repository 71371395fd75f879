import { seconds } from '../../../core/clock';
import { failpoint } from '../../../core/failpoints';
import type { JobQueue, RunContext, Runs } from '../../../jobs';
import { confirmJob } from './confirm';
import { contactsPhase } from './contacts.phase';
import { corpTagsPhase } from './corp-tags.phase';
import { directoryPhase } from './directory.phase';
import { groupChatsPhase } from './group-chats.phase';
import type { Leavers } from './leavers';
import { leaversPhase } from './leavers.phase';
import { type Checkpoint, type Counts, noCounts, type Phase, PhaseContext, type PhaseDeps } from './phase';
import type { SyncScope } from './reconciliation.schema';

interface FullReadDeps extends PhaseDeps {
  runs: Runs;
  queue: JobQueue;
  leavers: Leavers;
  confirmSeconds: number;
  /** The inbox event up to which all are handled. */
  inboxMark(): Promise<number>;
}

interface Result extends Counts {
  by_phase: Record<string, Counts>;
  differences?: Record<string, number>;
}

/** Both long reads of WeCom are one walk: a sync corrects our copy, a reconciliation also says what was corrected. */
export function defineFullReads(deps: FullReadDeps): void {
  const phases = {
    directory: directoryPhase(deps),
    corp_tags: corpTagsPhase(deps),
    external_contacts: contactsPhase(deps),
    leavers: leaversPhase(deps, deps.leavers),
    group_chats: groupChatsPhase(deps),
  };
  const all: Phase[] = Object.values(phases);
  const ofScope = (scope: SyncScope): Phase[] => (scope === 'all' ? all : [phases[scope]]);

  // They share a serial key: two full reads at once would only double the calls.
  deps.runs.define<{ scope: SyncScope }, Checkpoint, Result>('sync', {
    serialKey: 'full-read',
    execute: (run) => walk(deps, run, { phases: ofScope(run.params.scope), source: 'sync' }),
  });
  deps.runs.define<Record<string, never>, Checkpoint, Result>('reconciliation', {
    serialKey: 'full-read',
    async execute(run) {
      const result = await walk(deps, run, { phases: all, source: 'reconciliation' });
      return { ...result, differences: await deps.differences.countOf(run.id) };
    },
  });
}

async function walk(
  deps: FullReadDeps,
  run: RunContext<object, Checkpoint>,
  { phases, source }: { phases: Phase[]; source: 'sync' | 'reconciliation' },
): Promise<Result> {
  const checkpoint: Checkpoint = run.checkpoint ?? {
    phase: 0,
    after: null,
    open: [],
    counts: {},
    inboxMark: await deps.inboxMark(),
  };
  for (const phase of phases.slice(checkpoint.phase)) {
    await phase.run(new PhaseContext(run, phase.name, checkpoint, { source, deps }));
    failpoint('full-read.phase-done');
    checkpoint.phase += 1;
    checkpoint.after = null;
    checkpoint.open = [];
  }
  await deps.queue.add([
    {
      kind: confirmJob,
      lane: 'bulk',
      payload: { run_id: run.id, inbox_mark: checkpoint.inboxMark },
      dedupeKey: `${confirmJob}:${run.id}`,
      runAt: new Date(deps.db.now().getTime() + seconds(deps.confirmSeconds)),
    },
  ]);
  failpoint('full-read.done');
  return { ...total(Object.values(checkpoint.counts)), by_phase: checkpoint.counts };
}

const total = (counts: Counts[]): Counts =>
  counts.reduce(
    (sum, c) => ({
      seen: sum.seen + c.seen,
      added: sum.added + c.added,
      changed: sum.changed + c.changed,
      vanished: sum.vanished + c.vanished,
      unknown: sum.unknown + c.unknown,
    }),
    noCounts(),
  );
