import { archive } from './archive';
import type { Drill } from './drill';
import { failpoints } from './failpoints';
import { handover } from './handover';
import { hostile } from './hostile';
import { ingestKill } from './ingest-kill';
import { outage } from './outage';
import { randomLife } from './random-life';
import { restore } from './restore';
import { sigterm } from './sigterm';
import { sync20000 } from './sync-20000';
import { syncKill } from './sync-kill';
import { violations } from './violations';

/** Every drill, the long ones first. */
export const drills: Drill[] = [
  failpoints,
  archive,
  handover,
  ingestKill,
  randomLife,
  violations,
  outage,
  syncKill,
  sync20000,
  restore,
  sigterm,
  hostile,
];
