import { anyOf, type Condition, isIn } from '../../../db/conditions';

/** Targets of the trail behind which somebody stands: by what they begin with, and where it is written who. */
const cases = [
  { prefix: 'finding:', ids: 'id FROM finding', isNumber: true },
  { prefix: 'spot_check:', ids: 'id FROM spot_check', isNumber: true },
  { prefix: 'finding_exception:', ids: 'id FROM detector_exception', isNumber: false },
  { prefix: 'departure:', ids: 'departure.id FROM departure JOIN staff ON staff.id = staff_id', isNumber: false },
] as const;

/**
 * Events that tell nobody of what was found, asked or excepted about them: neither of the case itself, nor that their
 * profile was read or their conversation opened for a spot check.
 */
export function concernsNone(barred: readonly string[]): Condition {
  const [inside, ...userids] = isIn('userid', barred);
  const ofCases = cases.map(({ prefix, ids, isNumber }): Condition => {
    const id = `SUBSTR(target, ${prefix.length + 1})`;
    const key = isNumber ? `CAST(${id} AS SIGNED)` : id;
    return [`(target LIKE '${prefix}%' AND ${key} IN (SELECT ${ids} WHERE ${inside}))`, ...userids];
  });
  const [profiles, ...staff] = isIn(
    'target',
    barred.map((userid) => `staff:${userid}`),
  );
  const shown = `SELECT conversation_id FROM spot_check WHERE ${inside}`;
  const [sql, ...params] = anyOf([
    ...ofCases,
    [`(action = 'risk.person_read' AND ${profiles})`, ...staff],
    [
      `(action = 'archive.read' AND COALESCE(detail, '') LIKE '%"spot_check"%' AND SUBSTR(target, 14) IN (${shown}))`,
      ...userids,
    ],
  ]);
  return [`NOT ${sql}`, ...params];
}
