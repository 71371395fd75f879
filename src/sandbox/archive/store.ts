import { days } from '../../core/clock';
import type { SandboxClock } from '../clock';
import type { Faults } from '../faults';
import type { Random } from '../random';
import type { Staff } from '../world/types';
import type { File } from './files';
import { digestsOf } from './files';
import { archiveKeys } from './keys';
import type { Consent, InternalChat, KeptFile, Robot, Said, SaidMedia } from './types';

/** How long WeCom keeps messages and files (wecom-archive §1.3). */
const keptFor = days(5);
/** Large from the first: whoever makes a number of it is found out. */
const firstSeq = 9_007_199_254_740_993n;

interface StoreDeps {
  clock: SandboxClock;
  /** The archive's own chance: what is said changes nothing else. */
  random: Random;
  faults: Faults;
  /** Where everything said is written down. */
  said: Said[];
}

export type NewSaid = Omit<Said, 'seq' | 'publickey_ver' | 'poison'>;
export type ArchiveStore = ReturnType<typeof createArchiveStore>;

interface Kept {
  seq: bigint;
  said: Said;
}

/** The conversation archive as WeCom holds it: who has a seat, who agreed, and what was said in the last days. */
export function createArchiveStore({ clock, random, faults, said }: StoreDeps) {
  const kept: Kept[] = [];
  const files = new Map<string, KeptFile>();
  const consents = new Map<string, Consent>();
  const unseated = new Set<Staff>();
  let lastSeq = firstSeq - 1n;
  let publickey_ver = 1;
  const isKept = (at: Date): boolean => at.getTime() > clock.now().getTime() - keptFor;

  /** Numbers rise, and some are left out. */
  function nextSeq(): bigint {
    lastSeq += BigInt(random.chance(0.05) ? random.between(2, 9) : 1);
    return lastSeq;
  }

  return {
    random,
    internalChats: new Map<string, InternalChat>(),
    robots: new Map<string, Robot>(),
    /** Msgids of what was taken back. */
    recalled: new Set<string>(),
    consents: {
      of: (where: Consent['where'], externalUserid: string): Consent | undefined =>
        consents.get(consentKey(where, externalUserid)),
      set: (consent: Consent): void => void consents.set(consentKey(consent.where, consent.external_userid), consent),
      all: (): Consent[] => [...consents.values()],
    },
    seats: {
      has: (staff: Staff): boolean => !unseated.has(staff),
      set: (staff: Staff, seat: boolean): void => void (seat ? unseated.delete(staff) : unseated.add(staff)),
    },
    /** The version new messages are sealed for. */
    keyVersion: (): number => publickey_ver,
    /** False when there is no further key. */
    rotateKey(): boolean {
      if (publickey_ver >= archiveKeys.length) return false;
      publickey_ver += 1;
      return true;
    },

    newMsgid: (at: Date, external: boolean): string =>
      `${random.between(1e9, 9e9)}${random.between(1e8, 9e8)}_${at.getTime()}${external ? '_external' : ''}`,

    /** Gives a file an id, as every message does to what it carries. */
    keepFile(file: File, at: Date): SaidMedia {
      const { size, sha256 } = digestsOf(file);
      const name = `SBX*1*${file.kind}*${file.number}*${files.size}*`;
      const sdkfileid = Buffer.from(name + random.hex(48)).toString('base64');
      files.set(sdkfileid, { file, at });
      return { sdkfileid, size, sha256 };
    },
    /** Undefined for an id that was never given, 'expired' for one whose file is gone. */
    fileOf(sdkfileid: string): File | 'expired' | undefined {
      const found = files.get(sdkfileid);
      if (!found) return undefined;
      return isKept(found.at) ? found.file : 'expired';
    },

    /** Writes down what was said, and keeps it for those who may archive it unless it is left out. */
    add(entry: NewSaid): Said {
      const archived = entry.left_out === null;
      const seq = archived ? nextSeq() : undefined;
      const poison = archived && faults.strikes('poison', entry.type);
      const whole = { ...entry, seq: seq === undefined ? null : String(seq), publickey_ver, poison };
      said.push(whole);
      if (seq !== undefined) kept.push({ seq, said: whole });
      return whole;
    },

    /** At most `limit` records after `seq` that WeCom still holds: for one long gone it begins at the oldest. */
    after: (seq: bigint, limit: number): Kept[] => {
      const page: Kept[] = [];
      for (let at = placeAfter(kept, seq); at < kept.length && page.length < limit; at += 1) {
        const record = kept[at];
        if (record && isKept(record.said.at)) page.push(record);
      }
      return page;
    },
  };
}

const consentKey = (where: Consent['where'], externalUserid: string): string =>
  `${'chat_id' in where ? where.chat_id : where.serial}|${externalUserid}`;

/** The first place whose seq is larger, by halving. */
function placeAfter(kept: readonly Kept[], seq: bigint): number {
  let [low, high] = [0, kept.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((kept[middle]?.seq ?? 0n) > seq) high = middle;
    else low = middle + 1;
  }
  return low;
}
