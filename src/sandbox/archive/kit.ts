import { stringify } from 'lossless-json';
import type { Random } from '../random';
import { personName } from '../world/people';
import { cities, trades } from '../world/words';
import { digestsOf, type File, type FileKind, filesOfAKind } from './files';
import type { ArchiveStore } from './store';
import type { SaidMedia } from './types';

/** A file on its way into a message. */
export interface Attachment {
  file: File;
  sdkfileid: string;
  md5sum: string;
  size: number;
}

/** What a message is made with. */
export interface Kit {
  random: Random;
  at: Date;
  /** Who says it. */
  speaker: string;
  /** What is said, where there are words. */
  text: string;
  attach(kind: FileKind): Attachment;
}

/** JSON text in which a bigint stands as the bare integer that WeCom writes for a uint64. */
export const exactJson = (value: object): string => stringify(value) ?? '';

/** A kit, and the files that were taken out of it. */
export function createKit(
  store: ArchiveStore,
  { at, speaker, text }: Pick<Kit, 'at' | 'speaker' | 'text'>,
): { kit: Kit; media: SaidMedia[] } {
  const { random } = store;
  const media: SaidMedia[] = [];
  const attach = (kind: FileKind): Attachment => {
    const file = { kind, number: random.between(0, filesOfAKind - 1) };
    const kept = store.keepFile(file, at);
    media.push(kept);
    return { file, sdkfileid: kept.sdkfileid, md5sum: digestsOf(file).md5, size: kept.size };
  };
  return { kit: { random, at, speaker, text, attach }, media };
}

/** A line with its blanks filled in. */
export const filled = (random: Random, line: string): string =>
  line
    .replaceAll('{n}', () => String(random.between(2, 28)))
    .replaceAll('{h}', () => String(random.between(1, 6)))
    .replaceAll('{m}', () => String(random.between(1, 12)))
    .replaceAll('{w}', () => random.pick(['一', '二', '三', '四', '五']))
    .replaceAll('{city}', () => random.pick(cities))
    .replaceAll('{trade}', () => random.pick(trades))
    .replaceAll('{name}', () => personName(random).name);

/** What WeCom writes for a meeting or a form: too long for a number. */
export const longNumber = (random: Random): bigint =>
  BigInt(random.between(10, 17)) * 10n ** 18n + BigInt(random.between(1, 2 ** 52)) * 100n + 1n;
