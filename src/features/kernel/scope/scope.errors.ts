import { defineErrors } from '../../../core/errors';
import { httpError } from '../../../http/errors';

export const scopeError = defineErrors('scope', {
  derived_edge: [409, 'This line comes from the directory: change it in WeCom'],
  own_line: [403, 'Nobody changes the reporting tree around themselves'],
  no_edge: [404, 'There is no such line in the reporting tree'],
  no_collaborator: [404, 'There is no such collaborator'],
});

const faults = {
  cycle: 'somebody would become their own superior',
  unknown: 'nobody in the directory has this userid',
  range: 'lies in the past',
} as const;

/** A value that would be in order by itself. @returns http.validation, which names the field and the rule */
export const fieldFault = (path: string, rule: keyof typeof faults) =>
  httpError('validation', [{ path, rule, message: faults[rule] }]);
