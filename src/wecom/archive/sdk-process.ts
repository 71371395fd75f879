import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Logger } from '../../core/logger';
import type { Answer, Keys, Opened, Request, Start } from './protocol';
import { SdkFault } from './sdk-fault';

/** The child ended, or was ended, before it had answered. */
export class SdkGone extends Error {
  constructor(
    readonly reason: string,
    /** What had come of the answer. */
    readonly opened: Opened[],
    /** Whether it was at this request; others waited behind it. */
    readonly wasAtIt: boolean,
  ) {
    super(`the archive process ended: ${reason}`);
    this.name = 'SdkGone';
  }
}

export interface SdkProcessOptions {
  /** The program and its arguments. */
  command: readonly string[];
  start: Omit<Start, 'op'>;
  keys: () => Keys['keys'];
  logger: Pick<Logger, 'warn'>;
}

interface Waiting {
  opened: Opened[];
  resolve: (answer: { done: unknown; opened: Opened[] }) => void;
  reject: (error: Error) => void;
}

export type SdkProcess = Awaited<ReturnType<typeof startSdkProcess>>;

/** How long loading the library and letting the company in may take. */
const startWithin = 30_000;

/** One child with the library loaded and the company let in. @throws SdkFault also when it dies of that */
export async function startSdkProcess(options: SdkProcessOptions) {
  const [program = process.execPath, ...args] = options.command;
  const child = spawn(program, args, { stdio: 'pipe', env: {} });
  yieldToUs(child);
  const waiting = new Map<number, Waiting>();
  let next = 1;
  let gone: string | undefined;
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => end(error.message));
    child.once('close', (code, signal) => {
      end(signal ?? `exit code ${code}`);
      resolve();
    });
  });

  function end(reason: string): void {
    gone ??= reason;
    // It answers in the order it is asked.
    const [atIt] = waiting.values();
    for (const one of waiting.values()) one.reject(new SdkGone(gone, one.opened, one === atIt));
    waiting.clear();
  }

  function hear(line: string): void {
    const answer = parse(line);
    const asked = answer && waiting.get(answer.id);
    // The library may print what it likes.
    if (!answer || !asked) return;
    if ('opened' in answer) {
      asked.opened.push(...answer.opened);
      return;
    }
    waiting.delete(answer.id);
    if ('fault' in answer) asked.reject(new SdkFault(answer.fault.code, answer.fault.message));
    else asked.resolve({ done: answer.done, opened: asked.opened });
  }

  listen(child, hear, options.logger);

  /** Asks; a child that has not answered in time is ended, for a call that hangs cannot be taken back. */
  function ask(request: Request, withinMs: number): Promise<{ done: unknown; opened: Opened[] }> {
    if (gone !== undefined) return Promise.reject(new SdkGone(gone, [], false));
    const id = next++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        end(`no answer within ${withinMs / 1000} s`);
        child.kill('SIGKILL');
      }, withinMs);
      const stop =
        <T>(then: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer);
          then(value);
        };
      waiting.set(id, { opened: [], resolve: stop(resolve), reject: stop(reject) });
      // As bytes: a long text would be measured and turned into them on the way, twice.
      child.stdin.write(Buffer.from(`${JSON.stringify({ id, ...request })}\n`));
    });
  }

  try {
    await ask({ op: 'start', ...options.start }, startWithin);
    await ask({ op: 'keys', keys: options.keys() }, startWithin);
  } catch (error) {
    child.kill('SIGKILL');
    await ended;
    // Nobody's request killed it.
    throw error instanceof SdkGone ? new SdkFault(null, error.message) : error;
  }

  return {
    ask,
    isGone: (): boolean => gone !== undefined,
    /** What it still does is cut off. */
    async stop(): Promise<void> {
      end('stopped');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Whoever opens messages takes what the server leaves of the processor: people wait for that, and so do the openers. */
function yieldToUs({ pid }: ChildProcessWithoutNullStreams): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It is gone already, which is heard by itself.
  }
}

function parse(line: string): Answer | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'id' in value ? (value as Answer) : undefined;
  } catch {
    return undefined;
  }
}

/** Only a line feed ends a line: a text may hold every other sign that is taken for an end elsewhere. */
function onLines(stream: Readable, hear: (line: string) => void): void {
  let begun = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    const end = chunk.lastIndexOf('\n');
    if (end < 0) {
      begun += chunk;
      return;
    }
    const lines = (begun + chunk.slice(0, end)).split('\n');
    begun = chunk.slice(end + 1);
    for (const line of lines) hear(line);
  });
}

function listen(child: ChildProcessWithoutNullStreams, hear: (line: string) => void, logger: Pick<Logger, 'warn'>) {
  onLines(child.stdout, hear);
  createInterface({ input: child.stderr }).on('line', (line) => {
    logger.warn('the archive process says', { line: line.slice(0, 500) });
  });
  // A child that died takes no more; its end is heard by itself.
  child.stdin.on('error', () => undefined);
}
