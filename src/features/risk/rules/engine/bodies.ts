import { createScanner } from '../../../../core/scanner';
import type { Found, Part } from './types';

const redPackets = new Set(['redpacket', 'external_redpacket']);
const files = new Set(['file', 'qydiskfile', 'voip_doc_share', 'docmsg']);

const fold = (text: string): string => text.normalize('NFKC').trim().toLowerCase();
const textIn = (body: Part['body'], name: string): string => (typeof body[name] === 'string' ? body[name] : '');
const allow = (allowed: readonly string[]) => {
  const known = new Set(allowed.map(fold));
  return (...names: readonly string[]): boolean => names.some((name) => name !== '' && known.has(fold(name)));
};
const found = (what: string | null, value: string | null): Found[] => [{ span: null, fuzzy: false, what, value }];

/** Cards of people who are not staff. */
export function cardFinder(allowed: readonly string[], isStaff: (id: string) => boolean): (part: Part) => Found[] {
  const isAllowed = allow(allowed);
  return ({ type, body }) => {
    if (type !== 'card') return [];
    const [person, corp] = [textIn(body, 'person'), textIn(body, 'corp_name')];
    return isStaff(person) || isAllowed(person, corp) ? [] : found(corp || null, person || null);
  };
}

export function miniProgramFinder(allowed: readonly string[]): (part: Part) => Found[] {
  const isAllowed = allow(allowed);
  return ({ type, body }) => {
    if (type !== 'weapp') return [];
    const [appId, username, name] = [textIn(body, 'app_id'), textIn(body, 'username'), textIn(body, 'name')];
    return isAllowed(appId, username, name) ? [] : found(name || null, appId || username || null);
  };
}

/** Red packets of an amount in fen or more; one whose amount is not told counts as empty. */
export function redPacketFinder(least: number): (part: Part) => Found[] {
  return ({ type, body: { amount } }) => {
    const fen = typeof amount === 'number' ? amount : 0;
    return redPackets.has(type) && fen >= least ? found(type, String(fen)) : [];
  };
}

/** Files with a word in their name, and whatever has the very content of a known file. */
export function fileFinder(names: readonly string[], md5s: readonly string[]): (part: Part) => Found[] {
  const scan = createScanner(names);
  const known = new Set(md5s.map(fold));
  return ({ type, text, md5 }) => {
    const named = files.has(type)
      ? scan(text).map(({ word, from, to }) => ({
          span: { from, to },
          fuzzy: false,
          what: names[word] ?? null,
          value: text,
        }))
      : [];
    return md5 !== null && known.has(fold(md5)) ? [...named, ...found('md5', fold(md5))] : named;
  };
}
