import type { Sweep } from '../../detector';
import { consentWithdrawn } from './consent-withdrawn';
import { seatLost } from './seat-lost';

/** What the archive may no longer hear, as two answers of WeCom differ (violations §2). */
export const archiveEvasion: Sweep = {
  ...{ code: 'ARCHIVE_EVASION', version: 1, every: 30 },
  async sweep(ground) {
    const parts = [await consentWithdrawn(ground), await seatLost(ground)];
    return {
      drafts: parts.flatMap(({ drafts }) => drafts),
      lookedAt: parts.reduce((sum, { lookedAt }) => sum + lookedAt, 0),
      unseen: Object.assign({}, ...parts.map(({ unseen }) => unseen)),
    };
  },
};
