import { createScanner } from '../../../core/scanner';
import { everything, type Message } from '../../../wecom/archive/messages';
import type { SearchTerms } from './query';
import { fold } from './tokens';

/** A text of a message and where in it it stands: empty, or the path of the nested item. */
export interface PlacedText {
  path: string;
  text: string;
}

/** Where a term stands: in the texts of the item at `path`, a line each, in UTF-16 units. */
export interface Highlight {
  path: string;
  from: number;
  to: number;
}

/** All that can be read in a message, outside in; what is told beside it, such as the text of a QR code, behind. */
export function placedTexts(message: Message, more: readonly PlacedText[] = []): PlacedText[] {
  const own = everything(message).flatMap(({ path, texts }) => texts.map((text) => ({ path, text })));
  return [...own, ...more];
}

/** Whether a message is what was asked for: a hit is a hit because of its text, whatever the index says. */
export function createMatcher({ wanted, unwanted }: SearchTerms): (texts: readonly PlacedText[]) => boolean {
  const [all, none] = [wanted.map(fold), unwanted.map(fold)];
  return (texts) => {
    const folded = texts.map(({ text }) => fold(text));
    const stands = (term: string): boolean => folded.some((text) => text.includes(term));
    return all.every(stands) && !none.some(stands);
  };
}

/** Finds where the terms stand, in order; those that touch are one. */
export function createHighlighter({ wanted }: Pick<SearchTerms, 'wanted'>) {
  const scan = createScanner(wanted);
  return (texts: readonly PlacedText[]): Highlight[] => {
    const lines = new Map<string, string>();
    for (const { path, text } of texts) {
      const before = lines.get(path);
      lines.set(path, before === undefined ? text : `${before}\n${text}`);
    }
    return [...lines].flatMap(([path, text]) => joined(scan(text)).map((range) => ({ path, ...range })));
  };
}

type Range = Pick<Highlight, 'from' | 'to'>;

function joined(hits: readonly Range[]): Range[] {
  const ranges: Range[] = [];
  for (const { from, to } of [...hits].sort((a, b) => a.from - b.from)) {
    const last = ranges.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else ranges.push({ from, to });
  }
  return ranges;
}
