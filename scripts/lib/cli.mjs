import { spawn } from 'node:child_process';
import { program } from './program.mjs';
import { root, ScriptError } from './project.mjs';
import { codeOf, onSignals } from './run.mjs';

/** npm passes a Ctrl-C on that the terminal sent us already: what follows within this time is the same one. */
const sameSignalMs = 1000;

/**
 * Runs the compiled control program with our stdin, stdout and stderr, and ends with its exit code.
 * @param {string[]} args
 * @param {{ ownGroup?: boolean }} [options] `ownGroup` keeps the terminal's Ctrl-C from it, so that it hears each
 *   signal once, from us; a program that asks questions must stay in the terminal's group
 */
export function runCli(args, { ownGroup = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...program, ...args], {
      cwd: root,
      stdio: 'inherit',
      detached: ownGroup,
    });
    let heard = 0;
    const ended = onSignals((signal) => {
      const again = Date.now() - heard < sameSignalMs;
      heard = Date.now();
      const sentByTerminal = !ownGroup && signal === 'SIGINT' && process.stdin.isTTY;
      if (!again && !sentByTerminal) child.kill(signal);
    });
    child.on('error', (error) => {
      ended();
      reject(new ScriptError(`node cannot be started: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      ended();
      process.exitCode = codeOf(code, signal);
      resolve();
    });
  });
}
