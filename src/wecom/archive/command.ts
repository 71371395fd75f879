import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** TypeScript needs its loader; compiled, there is none. */
const run = (file: string): string[] =>
  file.endsWith('.ts')
    ? [process.execPath, '--require', require.resolve('tsx/cjs'), file]
    : /\.[cm]?js$/.test(file)
      ? [process.execPath, file]
      : [file];

/** A program says so by its name, or by its first line. What cannot be read is left to the child, which says why. */
function isProgram(path: string): boolean {
  if (/\.([cm]?js|ts)$/.test(path)) return true;
  try {
    const file = openSync(path, 'r');
    const start = Buffer.alloc(2);
    readSync(file, start, 0, 2, 0);
    closeSync(file);
    return start.toString() === '#!';
  } catch {
    return false;
  }
}

/**
 * How the child processes are started: for the vendor's shared library our own program, and otherwise the program that
 * stands there, which speaks the protocol itself (design §6).
 */
export const archiveCommand = (path: string): string[] =>
  run(isProgram(path) ? path : join(__dirname, `child-main${__filename.endsWith('.ts') ? '.ts' : '.js'}`));
