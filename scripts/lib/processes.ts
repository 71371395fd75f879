import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { sleep } from '../../src/core/clock';
import { program } from './program.mjs';

const readyWithinMs = 60_000;
const healthWithinMs = 3000;
const children = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** Runs a program of ours in a process of its own, so that it can be killed or measured. */
export function spawnNode(args: string[], env: NodeJS.ProcessEnv, stdio: 'ignore' | 'pipe' = 'pipe'): ChildProcess {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR, ...env },
    stdio: ['ignore', stdio, 'pipe'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Runs the control program to its end. @returns what it printed. @throws Error with its complaint */
export async function runCli(args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawnNode([...program, ...args], env);
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`scrm ${args.join(' ')} failed (${code}): ${err()}`);
  return out();
}

/** The whole output, or only its end. */
function collect(stream: NodeJS.ReadableStream | null, most = 1 << 20): () => string {
  let text = '';
  stream?.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-most);
  });
  return () => text;
}

/** A TCP port of 127.0.0.1 that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

export interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The server as an operator starts it, on one port for all its lives. */
export class ServerProcess {
  #child: ChildProcess | undefined;
  #end: Promise<End> = Promise.resolve({ code: 0, signal: null });
  #complaints: () => string = () => '';

  constructor(
    readonly url: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get running(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Begins a life; `start` also waits until it is ready. */
  launch(more: NodeJS.ProcessEnv = {}): void {
    const child = spawnNode([...program, 'serve', '--migrate', '--json'], { ...this.env, ...more }, 'ignore');
    this.#child = child;
    this.#complaints = collect(child.stderr, 4000);
    this.#end = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  }

  /** @returns milliseconds until it was ready. @throws Error when it ended or did not become ready */
  async start(more: NodeJS.ProcessEnv = {}): Promise<number> {
    const began = performance.now();
    this.launch(more);
    while (!(await this.ready())) {
      if (!this.running || performance.now() - began > readyWithinMs) {
        throw new Error(`the server did not become ready: ${this.#complaints()}`);
      }
      await sleep(40);
    }
    return performance.now() - began;
  }

  /** Whether `/readyz` answers 200. */
  async ready(): Promise<boolean> {
    return (await this.health()).status === 200;
  }

  /** What `/readyz` says; status 0 when nobody answers. */
  async health(): Promise<{ status: number; level: string }> {
    const nobody = { status: 0, level: '' };
    try {
      // A signal that only the request holds may be collected before its time, and the request then waits for ever.
      return await Promise.race([this.#ask(), sleep(healthWithinMs).then(() => nobody)]);
    } catch {
      return nobody;
    }
  }

  async #ask(): Promise<{ status: number; level: string }> {
    const answer = await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(healthWithinMs) });
    const report = (await answer.json()) as { level?: string };
    return { status: answer.status, level: report.level ?? '' };
  }

  /** The end of this life, whoever causes it. */
  ended(): Promise<End> {
    return this.#end;
  }

  /** SIGKILL at once, or a signal that is waited for. @returns milliseconds until it was gone */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<number> {
    const began = performance.now();
    if (this.running) this.#child?.kill(signal);
    await this.#end;
    return performance.now() - began;
  }
}
