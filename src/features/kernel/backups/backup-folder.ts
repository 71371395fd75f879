import { randomBytes } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { hours } from '../../../core/clock';

const named = /^scrm-\d{8}T\d{6}Z-[0-9a-f]{8}\.backup$/;
/** What a process that died left behind; a backup under way is younger. */
const abandonedAfterMs = hours(24);

/** A name that sorts by time and that no other backup has. */
export const backupName = (at: Date): string =>
  `scrm-${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z-${randomBytes(4).toString('hex')}.backup`;

/** `to` may be a folder that is there, or the file itself. */
export async function placeFor(to: string, at: Date): Promise<string> {
  const place = resolve(to);
  const found = await stat(place).catch(() => undefined);
  return found?.isDirectory() || to.endsWith('/') ? join(place, backupName(at)) : place;
}

/** Removes all but the newest backups of a folder. @returns the names removed */
export async function pruneFolder(folder: string, keep: number, now: Date): Promise<string[]> {
  const files = await readdir(folder).catch(() => []);
  const old = files.filter((name) => named.test(name)).sort();
  const removed = old.slice(0, Math.max(0, old.length - keep));
  for (const name of removed) await rm(join(folder, name), { force: true });
  for (const name of files.filter((one) => named.test(basename(one, '.part')) && one.endsWith('.part'))) {
    const age = now.getTime() - (await stat(join(folder, name))).mtimeMs;
    if (age > abandonedAfterMs) await rm(join(folder, name), { force: true });
  }
  return removed;
}
