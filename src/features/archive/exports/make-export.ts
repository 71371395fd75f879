import { createHash } from 'node:crypto';
import { pipeline, Transform } from 'node:stream';
import { type Clock, sleep } from '../../../core/clock';
import { toDate } from '../../../db/database';
import { iso } from '../../../http/schema';
import type { Progress } from '../../../jobs';
import type { Evidence } from '../../kernel/evidence';
import type { ArchiveExport } from './export.entity';
import { exportFilters } from './exports.schema';
import { fillPackage, type PackageDeps, passes } from './package';
import { type FileKey, writeSealed } from './sealed-file';
import { createZip } from './zip';

export interface MakeDeps extends Omit<PackageDeps, 'evidence'> {
  clock: Clock;
  evidence: Pick<Evidence, 'inclusion' | 'sign' | 'seal'>;
  /** The company, as the chain names it. */
  corp: string;
  /** The stream of what was opened together: its links prove the messages. */
  stream: string;
}

interface Into {
  path: string;
  signal: AbortSignal;
  progress(progress: Progress): Promise<void>;
}

interface Made {
  messages: number;
  /** Of the ZIP. */
  bytes: number;
  sha256: string;
  fileKey: FileKey;
}

/** Another process may be sealing. */
const sealTries = 50;
const sealPauseMs = 200;

/** Makes the file of an export, sealed on its way to the disk. */
export async function makeExport(deps: MakeDeps, row: ArchiveExport, { path, signal, progress }: Into): Promise<Made> {
  await sealed(deps);
  const zip = createZip(deps.clock.now());
  const { measure, measured } = meter();
  const written = writeSealed(
    path,
    pipeline(zip.output, measure, () => undefined),
  );
  let done = 0;
  const total = Number(row.messages) * passes;
  const order = {
    ...{ ...orderOf(row, deps), signal },
    async progress(messages: number) {
      done += messages;
      await progress({ done, total: Math.max(done, total) });
    },
  };
  try {
    const { messages } = await fillPackage(deps, zip, order);
    await zip.finish();
    return { fileKey: await written, messages, ...measured() };
  } catch (error) {
    zip.output.destroy(error as Error);
    await written.catch(() => undefined);
    throw error;
  }
}

/** What an export proves must be linked and signed. */
async function sealed({ evidence }: Pick<MakeDeps, 'evidence'>): Promise<void> {
  for (let tries = 0; tries < sealTries; tries++) {
    if ((await evidence.seal({ sign: true })) !== null) return;
    await sleep(sealPauseMs);
  }
}

function orderOf(row: ArchiveExport, { corp, stream }: Pick<MakeDeps, 'corp' | 'stream'>) {
  const filters = exportFilters.parse(JSON.parse(row.filters));
  const created_at = iso(toDate(row.created_at));
  return {
    stream,
    selection: { filters, lastMessageId: Number(row.last_message_id) },
    mark: { name: row.requester, at: created_at, exportId: row.id },
    about: {
      ...{ export_id: row.id, watermark: row.watermark, corp, matter: row.matter, reason: row.reason },
      ...{ requested_by: row.requested_by, approved_by: row.approved_by, filters, created_at },
    },
  };
}

/** Counts and hashes what goes through. */
function meter() {
  const digest = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _, next) {
      digest.update(chunk);
      bytes += chunk.length;
      next(null, chunk);
    },
  });
  return { measure, measured: () => ({ bytes, sha256: digest.digest('hex') }) };
}
