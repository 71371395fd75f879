import { spawnSync } from 'node:child_process';
import { chromium } from './lib/system-packages.mjs';

// The browser tests, one after another: two browsers at once only slow each other down.
const jest = [
  'node_modules/jest/bin/jest.js',
  '--runInBand',
  '--testPathIgnorePatterns=/node_modules/',
  '--testMatch=<rootDir>/test/browser/**/*.test.ts',
  ...process.argv.slice(2),
];
const { status } = spawnSync(process.execPath, jest, {
  stdio: 'inherit',
  env: { ...process.env, CHROMIUM: chromium() },
});
process.exitCode = status ?? 1;
