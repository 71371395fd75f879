import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top folder of the project. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const inProject = (...parts) => join(root, ...parts);
export const bin = (name) => inProject('node_modules', '.bin', name);

/** Progress goes to stderr: stdout belongs to the program that is started. */
export const toStderr = (line) => process.stderr.write(`${line}\n`);

/** A fault with one sentence for the person at the terminal, and the exit code to end with. */
export class ScriptError extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Runs the body of a script: a ScriptError becomes its sentence and its exit code, anything else is a bug. */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    if (error.message) toStderr(error.message);
    process.exitCode = error.exitCode;
  }
}

/** @throws ScriptError on a Node that is too old. Nothing here may need a newer one, or this is never reached. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new ScriptError(`Node 20.19 or newer is needed, and this is ${process.versions.node}: see https://nodejs.org`);
}

/** Reads `.env` into the environment; what the environment says already wins. */
export function loadDotEnv() {
  const file = inProject('.env');
  if (existsSync(file)) process.loadEnvFile(file);
}

/** `NAME`, or the content of the file that `NAME_FILE` names, as in config/index.ts. */
export function setting(name) {
  const file = process.env[`${name}_FILE`];
  if (!file) return process.env[name] ?? '';
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
}
