import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sandboxSettings } from '../../src/sandbox';
import { spawnNode } from '../lib/processes';

/** A process that is measured, or that makes load. */
export interface Worker {
  pid: number;
  /** The first line it printed: where it listens. */
  line: string;
  stop(): Promise<void>;
}

/** Starts a TypeScript program and waits for its first line. */
export async function startScript(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Worker> {
  const child = spawnNode(['--import', 'tsx', ...args], env);
  child.stderr?.pipe(process.stderr);
  return { pid: child.pid ?? 0, line: await firstLine(child, args.join(' ')), stop: () => stop(child) };
}

async function firstLine(child: ChildProcess, what: string): Promise<string> {
  if (!child.stdout) throw new Error('no output to read');
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${what} ended before it was ready`);
  });
  const [line] = await Promise.race([once(lines, 'line'), ended]);
  ended.catch(() => undefined);
  return String(line);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** A process that answers messages, one at a time. */
export function startHelper<Q extends object, A>(
  file: string,
): { ask(question: Q): Promise<A>; stop(): Promise<void> } {
  const child = fork(file, { execArgv: ['--import', 'tsx'] });
  return {
    async ask(question) {
      child.send(question);
      const [answer] = await once(child, 'message');
      return answer;
    },
    stop: () => stop(child),
  };
}

/** A folder that goes when the work is done. */
export async function inFolder<T>(work: (dir: string) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'scrm-bench-'));
  try {
    return await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  }
}

const { corpId, agentId, agent, contacts } = sandboxSettings;

/** Settings of a server that belongs to the pretend company. */
export const serverSettings = (place: { dir: string; databaseUrl: string; apiBase: string }): NodeJS.ProcessEnv => ({
  PORT: '0',
  DATA_DIR: place.dir,
  DATABASE_URL: place.databaseUrl,
  LOG_LEVEL: 'error',
  // What is measured is the server, not its patience.
  REQUESTS_PER_MINUTE_TOKEN: '1000000',
  MASTER_KEY: randomBytes(32).toString('base64'),
  WECOM_MODE: 'live',
  WECOM_API_BASE: place.apiBase,
  WECOM_CORP_ID: corpId,
  WECOM_AGENT_ID: String(agentId),
  WECOM_AGENT_SECRET: agent.secret,
  WECOM_AGENT_CALLBACK_TOKEN: agent.callbackToken,
  WECOM_AGENT_CALLBACK_AES_KEY: agent.callbackAesKey,
  WECOM_CONTACTS_SECRET: contacts.secret,
});

/** The most memory a process ever held, MB. Linux only; undefined elsewhere. */
export function peakMemory(pid: number): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes ? Math.round(Number(kilobytes) / 1024) : undefined;
  } catch {
    return undefined;
  }
}
