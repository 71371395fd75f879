import { open } from 'node:fs/promises';
import { Command } from 'commander';
import { exitCode } from '../core/errors';
import { auditStream } from '../features/kernel/audit';
import { type FileVerdict, type Verdict, verifyFile } from '../features/kernel/evidence';
import { type CliSession, print, withServices } from './session';

interface Verify {
  file?: string;
  anchor?: boolean;
  json?: boolean;
}

/** `audit verify|export`. Both are themselves recorded; a file is verified without a database. */
export function auditCommands(): Command {
  const audit = new Command('audit').description('the audit trail and its hash chain');
  audit
    .command('verify')
    .description('find whatever was changed, deleted, inserted or cut off; exits with 1 when something was')
    .option('--file <file>', 'an export instead of the database')
    .option('--anchor', 'write an anchor afterwards')
    .option('--json')
    .action(async ({ file, anchor = false, json = false }: Verify) => {
      const verdict = file
        ? await verifyFile(file)
        : await withServices(({ services }) => services.verifications.verify({ scope: 'all', actor: 'host', anchor }));
      print(verdict, { json }, sentence(verdict));
      if (!verdict.ok) process.exitCode = exitCode.failure;
    });
  audit
    .command('export')
    .description('write the trail with its chain, signatures and anchors to a new file')
    .requiredOption('--to <file>', 'must not exist yet')
    .option('--json')
    .action(({ to, json = false }: { to: string; json?: boolean }) =>
      withServices(async (session) => {
        const lines = await exportTo(session, to);
        print(
          { file: to, lines },
          { json },
          `${lines} lines in ${to}. Check them with: scrm audit verify --file ${to}`,
        );
      }),
    );
  return audit;
}

/** The record of the export comes first, and is sealed, so that the export holds it. */
async function exportTo({ services: { audit, evidence } }: CliSession, to: string): Promise<number> {
  const file = await open(to, 'wx', 0o600);
  let written = 0;
  try {
    await audit.record({ actor: 'host', action: 'audit.exported', target: 'evidence:chain', result: 'ok' });
    await evidence.seal({ sign: true });
    for await (const line of evidence.export([auditStream.name])) {
      await file.write(`${line}\n`);
      written += 1;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return written;
}

const mostShown = 20;

function sentence(verdict: Verdict | FileVerdict): string {
  const signed = 'keys' in verdict ? `\nSigned with: ${verdict.keys.join(', ') || 'nothing'}` : '';
  const unheard = 'witnesses' in verdict ? verdict.witnesses.filter(({ anchors }) => anchors === null) : [];
  const compared = unheard.map(({ name }) => `\nNOT compared with ${name}: it could not be reached.`).join('');
  if (verdict.ok) return `Nothing was changed: ${verdict.checked} links checked.${signed}${compared}`;
  const lines = verdict.faults
    .slice(0, mostShown)
    .map(({ kind, n, stream, row_id, detail }) =>
      [kind, n === undefined ? '' : `link ${n}`, row_id === undefined ? '' : `${stream} row ${row_id}`, detail ?? '']
        .filter(Boolean)
        .join(', '),
    );
  return `BROKEN: ${verdict.fault_count} faults in ${verdict.checked} links.\n${lines.join('\n')}${signed}${compared}`;
}
