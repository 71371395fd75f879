import type { CallbackSender } from './callbacks/sender';
import type { SandboxClock } from './clock';
import { type Control, NotPossible } from './control';
import { type FaultName, type Faults, faultNames } from './faults';
import { Arguments, isRecord } from './http/arguments';
import type { SideDoor, SideRequest } from './http/server';
import type { Ledger } from './ledger';
import type { Life } from './life';
import { type SandboxApp, sandboxApps } from './settings';
import type { Truth } from './truth';

export interface Controlled {
  clock: SandboxClock;
  ledger: Ledger;
  faults: Faults;
  control: Control;
  life: Life;
  callbacks: CallbackSender;
  truth(): Truth;
}

type Handler = (given: Record<string, unknown>, request: SideRequest) => object | Promise<object>;

const opsRoot = '/sandbox/ops/';

/** A small JSON API to steer a sandbox in another process: what drills and benchmarks use. */
export function createControlApi(parts: Controlled): SideDoor {
  const handlers = new Map(Object.entries(routes(parts)));
  return async (request) => {
    const given = parse(request.body);
    if (request.path.startsWith(opsRoot)) return perform(parts, request.path.slice(opsRoot.length), given);
    return handlers.get(`${request.method} ${request.path}`)?.(given, request);
  };
}

const routes = (parts: Controlled): Record<string, Handler> => ({
  'GET /sandbox/truth': () => parts.truth(),
  'GET /sandbox/ledger': (_, { query }) => ledgerView(parts, Number(query.get('since') ?? 0)),
  'GET /sandbox/said': (_, { query }) => parts.ledger.said.slice(Number(query.get('since') ?? 0)),
  'POST /sandbox/faults': (given) => setFaults(parts, given),
  'POST /sandbox/clock': (given) => {
    parts.clock.advance(new Arguments(given).whole('advance_ms', 0));
    return { now: parts.clock.now() };
  },
  'POST /sandbox/life': (given) => {
    const perMinute = new Arguments(given).whole('per_minute', 0);
    parts.life.live({ perMinute });
    return { per_minute: perMinute };
  },
  'POST /sandbox/steps': (given) => ({
    steps: Array.from({ length: new Arguments(given).whole('count', 1) }, () => parts.life.step()),
  }),
  'POST /sandbox/deliver-to': (given) => {
    const url = new Arguments(given).text('url');
    parts.callbacks.deliverTo(url || undefined);
    return { url };
  },
  'POST /sandbox/idle': async () => {
    await parts.callbacks.idle();
    return {};
  },
  'POST /sandbox/verify-url': (given) => parts.callbacks.verifyUrl(receiverIn(given)),
  'POST /sandbox/raw': (given) => parts.callbacks.sendRaw(receiverIn(given), new Arguments(given).required('xml')),
});

function ledgerView({ ledger }: Controlled, since: number): object {
  const { calls, answered, struck, violations, tokenFetches, delivered, acknowledged, messages } = ledger;
  return {
    mark: ledger.mark(),
    facts: ledger.since(since),
    calls,
    answered,
    struck,
    violations,
    token_fetches: tokenFetches,
    delivered,
    acknowledged,
    messages,
  };
}

/** Each key is a fault; null switches it off. */
function setFaults({ faults }: Controlled, given: Record<string, unknown>): object {
  for (const [name, spec] of Object.entries(given)) {
    if (!isFaultName(name)) throw new NotPossible(`No fault ${name}`);
    if (isRecord(spec)) faults.set(name, spec);
    else faults.clear(name);
  }
  return { struck: faults.struck };
}

const isFaultName = (name: string): name is FaultName => faultNames.some((known) => known === name);

function receiverIn(given: Record<string, unknown>): SandboxApp {
  const wanted = new Arguments(given).text('receiver');
  const receiver = sandboxApps.find((app) => app === wanted);
  if (!receiver) throw new NotPossible(`No receiver ${wanted}`);
  return receiver;
}

/** What cannot be done in the company as it is is an answer too. */
function perform({ control }: Controlled, name: string, given: Record<string, unknown>): object {
  const operation = operationNamed(control, name);
  if (!operation) return { ok: false, fault: `No operation ${name}` };
  try {
    return { ok: true, result: operation(given) ?? null };
  } catch (error) {
    if (error instanceof NotPossible) return { ok: false, fault: error.message };
    throw error;
  }
}

/** Boundary: what comes over HTTP is taken for the operation's argument; the operations check what they look up. */
function operationNamed(control: Control, name: string): ((given: object) => unknown) | undefined {
  return Object.hasOwn(control, name) ? (control[name as keyof Control] as (given: object) => unknown) : undefined;
}

function parse(body: string): Record<string, unknown> {
  const value: unknown = body.trim() === '' ? {} : JSON.parse(body);
  if (!isRecord(value)) throw new NotPossible('The body is not a JSON object');
  return value;
}
