import type { components } from './schema';

export type Problem = components['schemas']['Problem'];

/** What a failed request throws: the server's problem (RFC 9457), or one of our own when no answer came. */
export class Fault extends Error implements Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** `NETWORK` when the server could not be reached, `NO_ANSWER` when something else answered in its place. */
  readonly code: string;
  readonly fields: Problem['fields'];
  readonly trace_id: string;
  /** What some faults say beside their code. */
  readonly details: unknown;

  constructor(problem: Problem & { details?: unknown }) {
    super(problem.title);
    this.name = 'Fault';
    this.type = problem.type;
    this.title = problem.title;
    this.status = problem.status;
    this.code = problem.code;
    this.fields = problem.fields;
    this.trace_id = problem.trace_id;
    this.details = problem.details;
  }
}

const ownFault = (code: string, title: string, status: number): Fault =>
  new Fault({ type: 'about:blank', code, title, status, fields: [], trace_id: '' });

export const networkFault = (): Fault => ownFault('NETWORK', 'The server cannot be reached', 0);

/** Reads the problem of an answer that is not 2xx. */
export async function faultOf(response: Response): Promise<Fault> {
  const type = response.headers.get('content-type') ?? '';
  if (!type.includes('problem+json')) return ownFault('NO_ANSWER', response.statusText, response.status);
  const problem: Problem = await response.json();
  return new Fault({ ...problem, fields: problem.fields ?? [], trace_id: problem.trace_id ?? '' });
}

/** Whatever was thrown, as a fault; a bug of ours becomes `CLIENT`. */
export function asFault(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  return ownFault('CLIENT', thrown instanceof Error ? thrown.message : String(thrown), 0);
}
