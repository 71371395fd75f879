import { spawn } from 'node:child_process';
import { root, ScriptError } from './project.mjs';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const numbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/** The exit code a shell reports for a process that ended so. */
export const codeOf = (code, signal) => code ?? 128 + (numbers[signal] ?? 0);

/** Calls `handle` for every signal that asks us to end; the result takes the handlers away again. */
export function onSignals(handle) {
  for (const signal of signals) process.on(signal, handle);
  return () => {
    for (const signal of signals) process.off(signal, handle);
  };
}

/**
 * Runs a command to its end without showing what it prints. A signal to us is passed on, so nothing is left behind.
 * With `limitMs` it gets a process group of its own, which is killed whole when the time is up.
 * @returns exit code (137 when the time was up), and stdout and stderr in the order they came
 */
export function run(command, args, { limitMs, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: limitMs !== undefined,
      ...options,
    });
    const signalAll = (signal) => (limitMs === undefined ? child.kill(signal) : killGroup(child, signal));
    const limit = limitMs === undefined ? undefined : setTimeout(() => signalAll('SIGKILL'), limitMs);
    const unlisten = onSignals(signalAll);
    const ended = () => {
      clearTimeout(limit);
      unlisten();
    };
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => {
      ended();
      reject(new ScriptError(`${command} cannot be run: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      ended();
      resolve({ code: codeOf(code, signal), output: Buffer.concat(chunks).toString('utf8') });
    });
  });
}

function killGroup({ pid }, signal) {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** The same, for a command that has to succeed. @throws ScriptError with the end of what it printed */
export async function mustRun(what, command, args, options = {}) {
  const { code, output } = await run(command, args, options);
  if (code > 128) throw new ScriptError('', code);
  if (code !== 0) throw new ScriptError(`${lastLines(output, 60)}\n${what} failed (exit code ${code}).`);
  return output;
}

const lastLines = (text, count) => text.trimEnd().split('\n').slice(-count).join('\n');
