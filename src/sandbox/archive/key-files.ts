import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { archiveKeys } from './keys';

/** Writes the private keys as an administrator lays them ready: `<version>.pem`. @param versions all by default */
export function writeArchiveKeys(folder: string, versions: readonly number[] = archiveKeys.map((key) => key.version)) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const { version, privatePem } of archiveKeys) {
    if (versions.includes(version)) writeFileSync(join(folder, `${version}.pem`), privatePem, { mode: 0o600 });
  }
}
