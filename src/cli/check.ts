import { Command } from 'commander';
import { exitCode } from '../core/errors';
import { type CliSession, print, withServices } from './session';

interface Finding {
  name: string;
  ok: boolean;
  detail: string;
}

/** `check`: settings, database, durability, and every WeCom secret, without starting anything. */
export const checkCommand = (): Command =>
  new Command('check')
    .description('see whether everything is in place')
    .option('--json')
    .action(({ json }: { json?: boolean }) =>
      withServices(async (session) => {
        const findings = [ok('settings', 'all valid'), ok('database', session.db.dialect), await durability(session)];
        findings.push(...(await secrets(session)), await recoveryKey(session));
        const good = findings.every((finding) => finding.ok);
        const lines = findings.map((f) => `${f.ok ? 'ok  ' : 'FAIL'}  ${f.name}: ${f.detail}`);
        print({ ok: good, findings }, { json: json ?? false }, lines.join('\n'));
        if (!good) process.exitCode = exitCode.failure;
      }),
    );

const ok = (name: string, detail: string): Finding => ({ name, ok: true, detail });

/** Acknowledged means on disk (reliability 0.2). */
async function durability({ db }: CliSession): Promise<Finding> {
  if (db.dialect === 'sqlite') {
    const [row] = await db.query<{ synchronous: number }>('PRAGMA synchronous');
    return { name: 'durability', ok: row?.synchronous === 2, detail: `synchronous = ${row?.synchronous}` };
  }
  const [row] = await db.query<{ flush: unknown }>('SELECT @@innodb_flush_log_at_trx_commit AS flush');
  const safe = Number(row?.flush) === 1;
  const advice = safe ? '' : ' (set it to 1, or a power cut may lose acknowledged callbacks)';
  return { name: 'durability', ok: safe, detail: `innodb_flush_log_at_trx_commit = ${row?.flush}${advice}` };
}

/** Missing is no fault: the advice counts. */
async function recoveryKey({ services }: CliSession): Promise<Finding> {
  const { recovery_key_since: since } = await services.backups.list({ limit: 1 });
  const missing = 'none: if the master key is lost no backup opens. Make one: npm run scrm -- backup recovery-key';
  return ok('recovery key', since ? `made ${since}` : missing);
}

async function secrets({ config, services }: CliSession): Promise<Finding[]> {
  if (config.wecom.mode === 'sandbox') return [ok('wecom', 'the demo company, nothing to configure')];
  const { items } = await services.settings.test();
  return items.map(({ app, outcome, errcode, advice }) => ({
    name: `wecom ${app}`,
    ok: outcome !== 'failed',
    detail: [outcome, errcode, advice?.en].filter(Boolean).join(' · '),
  }));
}
