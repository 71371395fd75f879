import { random } from './random';

/** Two-character words by how often they stand in the texts, and phrases that do. */
export interface Terms {
  frequent: string[];
  everyday: string[];
  rare: string[];
  phrases: string[];
}

const words = 20_000;
const eachTerms = 20;
/** Mandelbrot's: keeps the first words from standing in every second message. */
const offset = 10;

/** Texts of 3 to 12 words of two characters, as frequent as Zipf and Mandelbrot found them, now and then with a full stop between. */
export function chineseText(seed = 11) {
  const next = random(seed);
  const sign = () => String.fromCharCode(0x4e00 + Math.floor(next() ** 2 * 3500));
  const vocabulary = [...new Set(Array.from({ length: words }, () => sign() + sign()))];
  const total = Math.log((vocabulary.length + offset) / offset);
  const word = () => vocabulary[Math.floor(offset * Math.exp(next() * total)) - offset] as string;
  const counts = new Map<string, number>();
  const phrases: string[] = [];
  let texts = 0;

  /** Every pair of neighbouring characters is a word somebody may look for. */
  function count(text: string): void {
    const own = new Set<string>();
    for (let i = 0; i + 1 < text.length; i++) own.add(text.slice(i, i + 2));
    for (const pair of own) if (!pair.includes('，')) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }

  return {
    next(): string {
      const parts = Array.from({ length: 3 + Math.floor(next() * 10) }, () => (next() < 0.15 ? `${word()}，` : word()));
      const text = parts.join('');
      count(text);
      const phrase = text.slice(0, 4);
      if (texts++ % 5000 === 0 && !phrase.includes('，')) phrases.push(phrase);
      return text;
    },

    terms(): Terms {
      const byCount = [...counts].sort((a, b) => b[1] - a[1]);
      const within = (least: number, below: number) => {
        const found = byCount.filter(([, n]) => n >= least && n < below).map(([pair]) => pair);
        const step = Math.max(1, Math.floor(found.length / eachTerms));
        return found.filter((_, i) => i % step === 0).slice(0, eachTerms);
      };
      return {
        frequent: byCount.slice(0, eachTerms).map(([pair]) => pair),
        everyday: within(texts / 1000, texts / 100),
        rare: within(5, 30),
        phrases: phrases.slice(0, eachTerms),
      };
    },
  };
}
