import { hash, type KeyObject } from 'node:crypto';

/**
 * What a text is found by: pairs of neighbouring characters where words are not separated (Chinese, Japanese, Korean),
 * whole words elsewhere. Each token carries a sign before it, and the last character of a run a sign behind it, so that
 * even two characters make a token of three: servers leave shorter ones out of an index without saying so
 * (feasibility §5).
 */

/** A stretch of text that is one word, or one run of characters without word borders. */
interface Stretch {
  text: string;
  isWord: boolean;
}

const stretches =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[\p{L}\p{N}\p{M}_]+?(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|[^\p{L}\p{N}\p{M}_]|$)/gu;
const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Longer words, which nobody types, are found by their beginning. */
const longestWord = 64;

/** Letters as one compares them: wide forms, ligatures and capitals are the same as plain ones. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

function stretchesOf(text: string): Stretch[] {
  return (fold(text).match(stretches) ?? []).map((found) => ({ text: found, isWord: !unspaced.test(found) }));
}

const wordToken = (word: string): string => {
  const cut = Array.from(word).slice(0, longestWord).join('');
  return Array.from(cut).length === 1 ? `x${cut}z` : `x${cut}`;
};

/** @param isEnd whether the run ends here, for sure */
function runTokens(run: string, isEnd: boolean): string[] {
  const tokens: string[] = [];
  let before = '';
  for (const sign of run) {
    if (before) tokens.push(`x${before}${sign}`);
    before = sign;
  }
  if (isEnd) tokens.push(`x${before}z`);
  return tokens;
}

/** Every token of a text, in its order. */
export const tokensOf = (text: string): string[] =>
  stretchesOf(text).flatMap((stretch) => (stretch.isWord ? [wordToken(stretch.text)] : runTokens(stretch.text, true)));

/**
 * The tokens that stand one after the other in every text that holds `term`. A text may hold them and not the term
 * (punctuation is not indexed, a last single character is not known): who needs to be exact looks at the text itself.
 * @returns empty when the term is too short to be found by: one character, or none
 */
export function phraseOf(term: string): string[] {
  const found = stretchesOf(term);
  return found.flatMap(({ text, isWord }, i) => {
    if (isWord) return [wordToken(text)];
    // The last run of a term may go on in the text.
    return runTokens(text, i < found.length - 1);
  });
}

/** Whether a text holds a term, as `fold` compares. */
export const holds = (text: string, term: string): boolean => fold(text).includes(fold(term));

/** How many tokens are remembered: far more than a language uses often. */
const mostRemembered = 300_000;

/** Gives tokens of one window of messages under the key. */
export type TokenKeys = (tokens: Iterable<string>, window: number) => string[];

/**
 * Digits of a token, four bits each. Enough: what is found is looked at, so two tokens that end alike cost a look and
 * give no wrong hit. And more than the shortest word that a server indexes (three), and no word that it leaves out.
 */
const digits = 7;

/**
 * Tokens under a key: an index of them tells nobody without the key what was written, only that messages of one window
 * have something in common. In another window the same token reads otherwise. Each is given once.
 */
export function keyedTokens(key: KeyObject): TokenKeys {
  // One block of the hash. What is kept of a digest is far too little to go on hashing from, so no HMAC is needed,
  // which would take four times as long.
  const secret = key.export().toString('hex');
  const known = new Map<number, Map<string, string>>();
  let remembered = 0;

  function ofWindow(window: number): Map<string, string> {
    if (remembered >= mostRemembered) {
      known.clear();
      remembered = 0;
    }
    const held = known.get(window) ?? new Map<string, string>();
    known.set(window, held);
    return held;
  }

  return (tokens, window) => {
    const held = ofWindow(window);
    const found = new Set<string>();
    for (const token of tokens) {
      let made = held.get(token);
      if (made === undefined) {
        made = hash('sha256', `${secret}${window} ${token}`).slice(0, digits);
        held.set(token, made);
        remembered++;
      }
      found.add(made);
    }
    return [...found];
  };
}
