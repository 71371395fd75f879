import { Command } from 'commander';
import { exitCode } from '../core/errors';
import type { DoctorReport } from '../features/kernel/settings';
import { print, withServices } from './session';

type Finding = DoctorReport['checks'][number];

/** `check`: the doctor, whether a server is running or not. Exits with 1 when a check fails; advice alone is no fault. */
export const checkCommand = (): Command =>
  new Command('check')
    .description('examine settings, WeCom, callbacks and this machine, and say what to do')
    .option('--json')
    .action(({ json }: { json?: boolean }) =>
      withServices(async ({ services }) => {
        const report = await services.doctor.examine();
        const good = report.level !== 'fail';
        print({ ok: good, ...report }, { json: json ?? false }, report.checks.map(lineOf).join('\n'));
        if (!good) process.exitCode = exitCode.failure;
      }),
    );

const marks: Record<Finding['level'], string> = { ok: 'ok   ', warn: 'warn ', fail: 'FAIL ', skipped: '-    ' };

function lineOf({ level, title, cause, action, copy }: Finding): string {
  const found = `${marks[level]} ${title.en}: ${cause.en}`;
  if (level === 'ok' || level === 'skipped' || !action) return found;
  return [found, `        ${action.en}`, ...copy.map((text) => `        ${text}`)].join('\n');
}
