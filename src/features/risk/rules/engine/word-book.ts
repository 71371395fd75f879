import { PlacedUnits } from '../../../../core/placed-units';
import { isIdeograph } from './signs';
import { Skeleton } from './skeleton';
import { soundsOf } from './syllables';

/** A word of a matcher. */
export interface WordUse {
  rule: number;
  matcher: number;
  word: string;
}

/** A text that is looked for: as it stands, and where what hides a word is dropped. */
export interface Token {
  text: string;
  at: number;
  exact: readonly WordUse[];
  hidden: readonly WordUse[];
  /** Rules whose exclusion it is. */
  excludes: readonly number[];
}

/** How a word is read aloud, and how it is written. */
export interface Sound {
  syllables: string;
  written: string;
  uses: readonly WordUse[];
}

const nobody: readonly never[] = [];
/** Shorter words sound like too many others. */
const fewestSyllables = 3;

/** What all rules look for in texts, each text once however many lists have it. */
export class WordBook {
  readonly tokens: Token[] = [];
  readonly sounds: Sound[] = [];
  readonly #known = new Map<string, Token>();
  readonly #heard = new Map<string, Sound>();
  readonly #folded = new PlacedUnits();
  readonly #skeleton = new Skeleton();

  addWord(use: WordUse, fuzzy: boolean): void {
    const { folded, skeleton } = this.#formsOf(use.word);
    const exact = this.#token(folded);
    exact.exact = [...exact.exact, use];
    if (!fuzzy || !isSearchable(skeleton)) return;
    const hidden = this.#token(skeleton);
    hidden.hidden = [...hidden.hidden, use];
    if (skeleton.length >= fewestSyllables && isChinese(skeleton)) this.#addSounds(skeleton, use);
  }

  addExclusion(rule: number, word: string): void {
    const { folded, skeleton } = this.#formsOf(word);
    for (const text of new Set([folded, skeleton])) {
      const token = this.#token(text);
      token.excludes = [...token.excludes, rule];
    }
  }

  /** @returns the place in `tokens` of a text that patterns ask for */
  addLiteral(text: string): number {
    return this.#token(text).at;
  }

  #formsOf(word: string): { folded: string; skeleton: string } {
    const folded = this.#folded.fold(word);
    return { folded: folded.text(), skeleton: this.#skeleton.fill(folded).placed.text() };
  }

  #token(text: string): Token {
    let token = this.#known.get(text);
    if (!token) {
      token = { text, at: this.tokens.length, exact: nobody, hidden: nobody, excludes: nobody };
      this.#known.set(text, token);
      this.tokens.push(token);
    }
    return token;
  }

  #addSounds(written: string, use: WordUse): void {
    for (const syllables of soundsOf(written)) {
      const key = `${syllables} ${written}`;
      let sound = this.#heard.get(key);
      if (!sound) {
        sound = { syllables, written, uses: [] };
        this.#heard.set(key, sound);
        this.sounds.push(sound);
      }
      sound.uses = [...sound.uses, use];
    }
  }
}

/** A single letter or digit that is left of a word stands everywhere. */
const isSearchable = (skeleton: string): boolean => skeleton.length > 1 || isChinese(skeleton);

const isChinese = (text: string): boolean => Array.from(text).every((sign) => isIdeograph(sign.charCodeAt(0)));
