// Dark enough for white letters (4.5 : 1) in both themes; none of them is one of the four meanings.
const hues = ['#2f6f8f', '#4a5fa8', '#6b5b95', '#7a5c3e', '#3d6b62', '#8a4f6d', '#55636f', '#5f6b2f'] as const;

/** The same person has the same colour everywhere. */
export function colourOf(id: string): string {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return hues[sum % hues.length] ?? hues[0];
}

/** What stands in the avatar: the surname's first character, or the first letter; whole emoji, never half of one. */
export function initialOf(name: string): string {
  const trimmed = name.trim();
  const [first] = new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(trimmed);
  return (first?.segment ?? '?').toUpperCase();
}

export type PersonKind = 'staff' | 'external' | 'robot';

/** WeCom's own ids begin with `wm` or `wo` outside the company and with `wb` for robots; those of staff are the company's choice. */
export function personKind(id: string): PersonKind {
  const [, letter] = /^w([mob])[\w-]{18,}$/.exec(id) ?? [];
  if (!letter) return 'staff';
  return letter === 'b' ? 'robot' : 'external';
}
