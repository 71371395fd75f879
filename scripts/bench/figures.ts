import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

/** One measured thing: what, where, and its ratio to what was measured beside it. */
export interface Figure {
  name: string;
  on: 'SQLite' | 'MariaDB';
  value: number;
  unit: string;
  /** What it is compared with, measured in the same run. */
  baseline?: { name: string; value: number; ratio: number };
  target?: { text: string; met: boolean };
  /** Each round, in order. */
  rounds?: number[];
}

export interface Bench {
  name: string;
  about: string;
  run(ground: BenchGround): Promise<Figure[]>;
}

export interface BenchGround {
  quick: boolean;
  on: Figure['on'];
  /** Url of an empty database. */
  freshDatabase<T>(work: (url: string) => Promise<T>): Promise<T>;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

export const round = (value: number): number => (value >= 100 ? Math.round(value) : Math.round(value * 100) / 100);

/** One line for the terminal. */
export function lineOf({ name, on, value, unit, baseline, target }: Figure): string {
  const ratio = baseline
    ? ` = ${(baseline.ratio * 100).toFixed(0)} % of ${baseline.name} (${round(baseline.value)})`
    : '';
  const verdict = target ? ` [${target.text}: ${target.met ? 'met' : 'MISSED'}]` : '';
  return `  ${on} ${name}: ${round(value)} ${unit}${ratio}${verdict}`;
}

/** `bench/results/<name>.json`. */
export function writeFigures(name: string, quick: boolean, figures: Figure[]): void {
  const machine = { cores: cpus().length, memory_gb: Math.round(totalmem() / 2 ** 30), node: process.version };
  mkdirSync(join('bench', 'results'), { recursive: true });
  const text = JSON.stringify({ name, measured_at: new Date().toISOString(), quick, machine, figures }, null, 2);
  writeFileSync(join('bench', 'results', `${name}.json`), `${text}\n`);
}
