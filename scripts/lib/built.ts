import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const output = join('dist', 'src', 'cli.js');
const inputs = ['src', 'config', 'callbacks', 'package.json', 'tsconfig.json', 'tsconfig.build.json'];

/**
 * Compiles the server when something changed since. Packages are never installed here: this very program runs on them,
 * and `npm ci` would take them away from under it.
 */
export function ensureBuilt(): void {
  if (existsSync(output) && statSync(output).mtimeMs > Math.max(...inputs.map(newest))) return;
  execFileSync(process.execPath, [join('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json'], {
    stdio: 'inherit',
  });
}

/** When a file, or anything below a folder, was last changed. */
function newest(path: string): number {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(...readdirSync(path).map((name) => newest(join(path, name))));
}
