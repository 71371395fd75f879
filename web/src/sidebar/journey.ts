import { create } from 'zustand';
import { asFault } from '../api/fault';
import {
  readContext,
  readSignatures,
  reportFailure,
  type SidebarContext,
  type SidebarFailure,
  silentSignIn,
  whoIsSignedIn,
} from '../api/sidebar';
import { configure, configureAgent, entryOf, isInClient, loadSdk, Stop, subjectAt } from './wx';

export type Step = SidebarFailure['step'];
export type FailureCode = SidebarFailure['code'];

/** A step that was gone, or is being gone. */
export interface Taken {
  step: Step;
  state: 'running' | 'done' | 'failed';
  at: string;
  ms?: number;
  code?: FailureCode;
  /** What was said of it: by WeCom's client, or by the server. */
  message?: string;
}

interface Journey {
  taken: Taken[];
  /** Where it went no further. */
  failed: Taken | undefined;
  isReported: boolean;
  entry: string;
  arrived: SidebarContext | undefined;
  /** From opening the page to whoever the chat is with. Anew whenever it is asked for. */
  setOut(): Promise<void>;
}

export const useJourney = create<Journey>()((set, get) => {
  async function take<T>(step: Step, work: () => Promise<T>): Promise<T> {
    const began = Date.now();
    const taken: Taken = { step, state: 'running', at: new Date(began).toISOString() };
    const before = get().taken;
    const put = (more: Partial<Taken>) => set({ taken: [...before, { ...taken, ...more, ms: Date.now() - began }] });
    set({ taken: [...before, taken] });
    try {
      const result = await work();
      put({ state: 'done' });
      return result;
    } catch (thrown) {
      const { code, message } = stopOf(thrown);
      put({ state: 'failed', code, message });
      throw thrown;
    }
  }

  /** Shows the page to WeCom's client. A signature it refuses may be of a ticket that is over: once it is made anew. */
  async function register(isAgain = false): Promise<void> {
    try {
      const signatures = await take('signature', () => readSignatures(window.location.href.split('#')[0] ?? ''));
      await take('sdk', () => loadSdk(signatures.scripts));
      await take('config', () => configure(signatures));
      await take('agent_config', () => configureAgent(signatures));
    } catch (thrown) {
      if (isAgain || stopOf(thrown).code !== 'bad_signature') throw thrown;
      await tell(get().taken.slice(-1)[0]);
      await register(true);
    }
  }

  async function go(): Promise<SidebarContext> {
    await take('client', async () => {
      if (!isInClient()) throw new Stop('not_in_wecom');
    });
    await take('session', signedIn);
    await register();
    const entry = await take('entry', entryOf);
    set({ entry });
    const subject = await take('subject', async () => {
      const found = await subjectAt(entry);
      if (!found) throw new Stop('no_chat', entry);
      return found;
    });
    return take('person', async () => arrivedAt(await readContext(subject)));
  }

  async function tell(taken: Taken | undefined): Promise<void> {
    if (!taken?.code || isOrdinary(taken.code)) return;
    const isReported = await reportFailure({ step: taken.step, code: taken.code, message: taken.message ?? '' });
    set({ isReported });
  }

  return {
    taken: [],
    failed: undefined,
    isReported: false,
    entry: '',
    arrived: undefined,

    async setOut() {
      set({ taken: [], failed: undefined, isReported: false, arrived: undefined });
      try {
        set({ arrived: await go() });
      } catch {
        const failed = get().taken.find(({ state }, i, all) => state === 'failed' && i === all.length - 1);
        set({ failed });
        await tell(failed);
      }
    },
  };
});

/** Nothing is broken, or there is nobody to tell it. */
const isOrdinary = (code: FailureCode): boolean =>
  ['not_in_wecom', 'refused', 'server_unreachable', 'no_chat', 'out_of_scope', 'unknown_person', 'too_many'].includes(
    code,
  );

const outcomes: Partial<Record<SidebarContext['outcome'], FailureCode>> = {
  out_of_scope: 'out_of_scope',
  unknown: 'unknown_person',
  no_member: 'no_member',
  left: 'left',
};

function arrivedAt(context: SidebarContext): SidebarContext {
  const code = outcomes[context.outcome];
  if (code) throw new Stop(code);
  return context;
}

/** Signs in without asking, once: who comes back and is still nobody is not let in. */
async function signedIn(): Promise<void> {
  try {
    await whoIsSignedIn();
  } catch (thrown) {
    if (asFault(thrown).status !== 401) throw thrown;
    const { pathname, search } = window.location;
    const given = new URLSearchParams(search);
    if (given.has('refused') || given.has('tried')) throw new Stop('refused');
    given.set('tried', '1');
    window.location.assign(silentSignIn(`${pathname}?${given}`));
    await new Promise(() => undefined);
  }
}

/** From the beginning, as if the sidebar had just been opened. */
export function openAnew(): void {
  window.location.assign('/sidebar/');
}

const codes: Record<string, FailureCode> = {
  NETWORK: 'server_unreachable',
  NO_ANSWER: 'server_unreachable',
  SIDEBAR_FOREIGN_URL: 'wrong_domain',
  SIDEBAR_NO_PUBLIC_URL: 'wrong_domain',
  SIDEBAR_NOT_CONFIGURED: 'not_configured',
  SIDEBAR_WECOM_REFUSED: 'wecom_refused',
  SIDEBAR_WECOM_UNREACHABLE: 'wecom_unreachable',
  SIDEBAR_TOO_MANY: 'too_many',
  FORBIDDEN: 'forbidden',
  UNAUTHORIZED: 'refused',
};

/** Whatever was thrown, as a cause that has a screen. */
function stopOf(thrown: unknown): Stop {
  if (thrown instanceof Stop) return thrown;
  const fault = asFault(thrown);
  const said = `${fault.code} ${fault.status || ''} ${fault.trace_id}`.trim();
  if (codes[fault.code]) return new Stop(codes[fault.code] ?? 'unknown', said);
  return new Stop(fault.status >= 500 ? 'server_unreachable' : 'unknown', said);
}
