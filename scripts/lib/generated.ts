import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Writes a generated file, or with `--check` only tells whether the one that is there is what would be written. */
export function settleGenerated(file: string, content: string, command: string): void {
  const same = existsSync(file) && readFileSync(file, 'utf8') === content;
  if (!process.argv.includes('--check')) {
    if (!same) writeFileSync(file, content);
    console.log(`${file} ${same ? 'was' : 'is'} up to date`);
  } else if (same) {
    console.log(`${file} is up to date`);
  } else {
    console.error(`${file} is stale. Run: npm run ${command}`);
    process.exitCode = 1;
  }
}
