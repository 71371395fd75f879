import { insertRows } from '../../../src/db/bulk';
import type { Database } from '../../../src/db/database';

const columns = [
  'digest',
  'receiver',
  'event',
  'change_type',
  'userid',
  'external_userid',
  'state',
  'attempts',
  'stale',
  'occurred_at',
  'received_at',
  'body',
];
let digests = 0;

/** Callbacks received at the given instants, in this order. */
export const addEvents = (db: Database, times: Date[], state = 'done'): Promise<number> =>
  insertRows(
    db,
    { table: 'inbox_event', columns },
    times.map((at) => [
      `digest-${++digests}`,
      'agent',
      'change_external_contact',
      'add_external_contact',
      'zhangsan',
      'wm1',
      state,
      0,
      false,
      at,
      at,
      'sealed-body',
    ]),
  );
