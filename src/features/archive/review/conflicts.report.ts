import type { Condition } from '../../../db/conditions';
import { placeholders } from '../../../db/database';

/** Items (`alias`) that concern none of them. */
export const concernsNone = (alias: string, userids: readonly string[]): Condition =>
  userids.length === 0
    ? ['1 = 1']
    : [
        `NOT EXISTS (SELECT 1 FROM archive_review_subject x
           WHERE x.review_id = ${alias}.id AND x.userid IN (${placeholders(userids.length)}))`,
        ...userids,
      ];
