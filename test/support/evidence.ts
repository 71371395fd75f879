import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, transports } from 'winston';
import { type Clock, systemClock } from '../../src/core/clock';
import { createDataKey, Vault } from '../../src/core/vault';
import type { Database } from '../../src/db/database';
import { auditStream } from '../../src/features/kernel/audit';
import {
  type AnchorStore,
  createAnchorFolder,
  createEvidence,
  type EvidenceStream,
} from '../../src/features/kernel/evidence';
import { createLeases } from '../../src/jobs';

export const corpAtTest = 'wwtest0000000001';
const masterKey = Buffer.from('0123456789abcdef0123456789ABCDEF');
const vault = new Vault(masterKey, corpAtTest, [createDataKey(masterKey, corpAtTest, 1)]);

interface Options {
  streams?: EvidenceStream[];
  /** Where anchors go; a folder of this test's own unless given. */
  dir?: string;
  /** What is put in front of the folder. */
  anchorsOver?: (folder: AnchorStore) => AnchorStore;
}

/** The chain over the audit trail of a database, its anchors in a temporary folder, and what it logged as an error. */
export function evidenceAt(
  db: Database,
  clock: Clock = systemClock,
  { streams = [auditStream], ...more }: Options = {},
) {
  const own = more.dir ?? mkdtempSync(join(tmpdir(), 'scrm-anchors-'));
  const errors: string[] = [];
  const logger = createLogger({ level: 'error', transports: [new transports.Console({ silent: true })] });
  logger.on('data', ({ message }) => void errors.push(message));
  const folder = createAnchorFolder({ dir: own, databaseUrl: 'sqlite::memory:', clock });
  const anchors = more.anchorsOver?.(folder) ?? folder;
  const deps = { db, vault, clock, logger, leases: createLeases({ db }), corp: corpAtTest, anchors, streams };
  return {
    evidence: createEvidence(deps),
    anchors: { dir: own, ...anchors, ...handsOn(own) },
    logged: { logger, errors },
    dropAnchors: () => rmSync(own, { recursive: true, force: true }),
  };
}

/** The files themselves. */
const handsOn = (dir: string) => ({
  files: (): string[] => readdirSync(dir).map((name) => join(dir, name)),
  read: (): string[] =>
    readdirSync(dir).flatMap((name) => readFileSync(join(dir, name), 'utf8').split('\n').filter(Boolean)),
  write(lines: string[]): void {
    const [name] = readdirSync(dir);
    if (name) writeFileSync(join(dir, name), lines.map((line) => `${line}\n`).join(''));
  },
  forget: async (): Promise<void> => {
    for (const name of readdirSync(dir)) rmSync(join(dir, name));
  },
});
