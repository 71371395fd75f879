import { defineErrors } from '../../../core/errors';
import { httpError } from '../../../http/errors';

export const ruleError = defineErrors('rule', {
  not_found: [404, 'No rule with this id is known'],
  version_conflict: [409, 'Somebody else has changed the rule meanwhile'],
  dry_run_needed: [409, 'This version was not tried yet: let it run dry first'],
  not_on: [409, 'The rule is not switched on'],
  not_yours: [403, 'Nobody excepts themselves, nor whoever stands above them'],
  no_dry_run: [404, 'No dry run with this id is known'],
});

/** A value that would be in order by itself. @returns http.validation, which names the fields */
export const fieldFaults = (faults: readonly { path: string; rule: string; message: string }[]) =>
  httpError('validation', faults);
