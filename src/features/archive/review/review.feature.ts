import type { Vault } from '../../../core/vault';
import type { Database } from '../../../db/database';
import type { JobHandler, JobQueue } from '../../../jobs';
import type { AuditService } from '../../kernel/audit';
import type { Evidence } from '../../kernel/evidence';
import type { ScopeService } from '../../kernel/scope';
import type { ConversationViews } from '../conversations';
import { coverageReport } from './coverage.report';
import { createReviewProfiles } from './profiles';
import { createReviewStore } from './review.store';
import { createReviews } from './reviews.service';
import { createReviewViews, type Hits } from './reviews.views';
import { createSamples } from './samples';
import { createRecheck } from './second-line';
import { createWordQueue } from './word-queue';

interface Deps {
  db: Database;
  vault: Vault;
  audit: Pick<AuditService, 'record' | 'names'>;
  evidence: Pick<Evidence, 'append'>;
  queue: Pick<JobQueue, 'add'>;
  scopes: ScopeService;
  conversations: ConversationViews;
  hits: Hits;
}

const kind = 'archive.review';

export type SupervisedReview = ReturnType<typeof createSupervisedReview>;

/** Supervised review of what was said: samples, queues, decisions, coverage (compliance-archive §6). */
export function createSupervisedReview(deps: Deps) {
  const { db, vault, audit, queue, scopes, conversations, hits } = deps;
  const store = createReviewStore(deps);
  const views = createReviewViews({ db, conversations, scopes, hits, audit });
  const samples = createSamples({ db, vault, audit, store });
  const recheck = createRecheck({ vault, store, shareOf: samples.secondLineShare });
  const takeHits = createWordQueue({ db, store, hits });
  const fill = async (): Promise<void> => {
    await samples.tick();
    await takeHits();
  };

  return {
    ...createReviews({ db, audit, store, views, conversations, recheck }),
    list: views.list,
    profiles: createReviewProfiles({ db, audit }),
    samples,
    coverage: coverageReport({ db, scopes, audit }),

    /** Fills the queues: draws what is due, takes up words that were found. */
    fill,
    wake: (): Promise<void> => queue.add([{ kind, lane: 'bulk', payload: {}, dedupeKey: kind }]),
    handler: (): JobHandler => ({ kind, concurrency: 1, resumable: true, handle: fill }),
  };
}
