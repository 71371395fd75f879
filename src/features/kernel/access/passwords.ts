import { type Algorithm, hash, parseOptions, verify } from '@node-rs/argon2';
import { sha256 } from '../../../core/ids';
import { accessError } from './access.errors';
import { isCommon } from './common-passwords';

const parameters = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Fits no password, and costs as much to compare with as a real one. */
const nobodys = `$argon2id$v=19$m=19456,t=2,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** One spelling of what looks alike. */
const fold = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** What is unique about a sign-in name. */
export const nameKey = (name: string): string => sha256(fold(name));

/** @param names nobody's password holds one of them @throws access.weak_password */
export async function assertStrong(password: string, names: readonly string[]): Promise<void> {
  const folded = fold(password);
  const { length } = [...password];
  const isWeak =
    length < 12 ||
    length > 128 ||
    names.map(fold).some((name) => name.length > 1 && folded.includes(name)) ||
    new Set(folded).size < 5 ||
    (await isCommon(folded));
  if (isWeak) throw accessError('weak_password');
}

export type Passwords = typeof passwords;

/** argon2id (libraries: 19 MiB, two passes). */
export const passwords = {
  hash: (password: string): Promise<string> => hash(password.normalize('NFKC'), parameters),

  /** Takes as long without a stored hash as with one, so that nobody learns which accounts exist. */
  async fits(stored: string | undefined, password: string): Promise<boolean> {
    const fits = await verify(stored ?? nobodys, password.normalize('NFKC'));
    return fits && stored !== undefined;
  },

  /** Whether the hash was made with other parameters than today's. */
  isStale(stored: string): boolean {
    const { memoryCost, timeCost, parallelism } = parseOptions(stored);
    const now = parameters;
    return memoryCost !== now.memoryCost || timeCost !== now.timeCost || parallelism !== now.parallelism;
  },
};
