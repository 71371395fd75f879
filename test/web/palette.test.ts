import { palettes } from '../../web/src/theme/palette';

const channel = (value: number): number => {
  const part = value / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
};

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((place) => channel(Number.parseInt(colour.slice(place, place + 2), 16)));
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

const words = ['primary', 'text', 'quiet', 'lost', 'person', 'proved', 'circumstantial'] as const;
const cases = (['light', 'dark'] as const).flatMap((scheme) => words.map((word) => ({ scheme, word })));

test.each(cases)('$word is readable on page and surface in $scheme', ({ scheme, word }) => {
  const palette = palettes[scheme];
  expect(contrast(palette[word], palette.surface)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(palette[word], palette.page)).toBeGreaterThanOrEqual(4.5);
});
