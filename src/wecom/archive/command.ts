import { join } from 'node:path';

/** TypeScript needs its loader; compiled, there is none. */
const run = (file: string): string[] =>
  file.endsWith('.ts')
    ? [process.execPath, '--require', require.resolve('tsx/cjs'), file]
    : /\.[cm]?js$/.test(file)
      ? [process.execPath, file]
      : [file];

const isLibrary = (path: string): boolean => /\.(so(\.[\d.]+)?|dll|dylib)$/.test(path);

/**
 * How the child processes are started: for the vendor's shared library our own program, and otherwise the program that
 * stands there, which speaks the protocol itself (design §6).
 */
export function archiveCommand(path: string): string[] {
  if (!isLibrary(path)) return run(path);
  return run(join(__dirname, `child-main${__filename.endsWith('.ts') ? '.ts' : '.js'}`));
}
