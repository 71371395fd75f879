import type { Logger } from '../../../core/logger';
import type { Database } from '../../../db/database';
import type { JobQueue, Leases } from '../../../jobs';
import type { MessageReader } from '../../archive/conversations';
import type { DomainEvents } from '../../kernel/events';
import type { FindingService } from '../findings';
import type { EventDetector, Ground, MessageDetector, Sweep } from './detector';
import { detectors } from './detectors';
import { createJudgedMessages } from './judged-messages';
import { createJudging } from './judging';
import { listening } from './listening';
import { createDetectorRunStore } from './runs.store';
import { createSweeping } from './sweeping';

interface Deps {
  db: Database;
  logger: Pick<Logger, 'error'>;
  queue: Pick<JobQueue, 'add'>;
  leases: Leases;
  events: Pick<DomainEvents, 'listen'>;
  findings: Pick<FindingService, 'raise' | 'explain'>;
  reader: Pick<MessageReader, 'read'>;
  codesOf: Parameters<typeof createJudgedMessages>[0]['codesOf'];
  securitySigns: Ground['securitySigns'];
  /** Of features that keep rules or logs of their own. */
  more: { ofMessages: readonly MessageDetector[]; sweeps: readonly Sweep[] };
}

export type Detection = ReturnType<typeof createDetection>;

/** Everything that is detected: in what happens, in what is said, and by comparison. */
export function createDetection(deps: Deps) {
  const { db, events, findings, more } = deps;
  const runs = createDetectorRunStore(db);
  const messages = createJudgedMessages(deps);
  const ground: Ground = { db, read: messages.read, securitySigns: deps.securitySigns };
  // A recall weighs what the others find in what was taken back.
  const ofMessages = [...more.ofMessages, ...detectors.ofMessages];
  const sweeps = [...detectors.sweeps, ...more.sweeps];
  const judging = createJudging({ ...deps, ground, runs, detectors: ofMessages });
  events.listen(listening({ ground, findings, detectors: detectors.ofEvents }));
  events.listen(judging.listener);
  return {
    messages,
    /** What detectors look at. */
    ground,
    judging,
    /** What each detector listens to. */
    sources: sourcesOf({ ...detectors, ofMessages, sweeps }),
    sweeping: createSweeping({ ...deps, ground, runs, sweeps }),
    purge: runs.purge,
  };
}

interface Detectors {
  ofEvents: readonly EventDetector[];
  ofMessages: readonly MessageDetector[];
  sweeps: readonly Sweep[];
}

/** By code. Of one that does several the last says most: it has runs of its own. */
const sourcesOf = ({
  ofEvents,
  ofMessages,
  sweeps,
}: Detectors): ReadonlyMap<string, 'events' | 'messages' | 'comparison'> =>
  new Map([
    ...ofEvents.map(({ code }) => [code, 'events'] as const),
    ...ofMessages.flatMap(({ codes }) => codes.map((code) => [code, 'messages'] as const)),
    ...sweeps.map(({ code }) => [code, 'comparison'] as const),
  ]);
