import type { z } from 'zod';
import { defineErrors } from '../core/errors';

export const httpError = defineErrors('http', {
  bad_request: [400, 'The request cannot be understood'],
  bad_filter: [400, 'A query parameter is unknown or malformed'],
  unauthorized: [401, 'Sign in, or send a bearer token'],
  forbidden: [403, 'Your roles do not allow this'],
  step_up_required: [403, 'Show your second factor: none of the last five minutes is known of this session'],
  second_factor_missing: [403, 'Set up a second factor first: this act asks for one'],
  cross_site: [403, 'The request came from another site'],
  not_found: [404, 'There is nothing here, or you may not see it'],
  method_not_allowed: [405, 'This address does not know that method'],
  stale_version: [409, 'Somebody else changed it meanwhile: read it again'],
  too_large: [413, 'The request is larger than allowed'],
  unsupported_type: [415, 'Send JSON: content-type application/json'],
  validation: [422, 'Some fields need attention'],
  too_many_requests: [429, 'Too many requests, try again later'],
  unavailable: [503, 'The database does not answer, try again shortly'],
});

/** One failing field, as the API shows it (crm-features §0.1). */
export interface FieldFault {
  path: string;
  rule: string;
  message: string;
}

const rules: Record<string, string> = {
  invalid_type: 'format',
  invalid_format: 'format',
  invalid_value: 'range',
  too_big: 'max',
  too_small: 'min',
  unrecognized_keys: 'unknown',
};

/** Every fault of a zod error at once; of an error made with `reportInput`, what was missing is called so. */
export const fieldFaults = (error: z.ZodError): FieldFault[] =>
  error.issues.map((issue) => ({
    path: issue.path.join('.') || ('keys' in issue ? String(issue.keys) : ''),
    rule: ruleOf(issue),
    message: issue.message,
  }));

function ruleOf(issue: z.core.$ZodIssue): string {
  // What a schema of ours refuses may name its own rule.
  if (issue.code === 'custom' && issue.params?.rule) return String(issue.params.rule);
  if (issue.code === 'invalid_type' && 'input' in issue && issue.input === undefined) return 'required';
  return rules[issue.code] ?? issue.code;
}
