/** One primary, greys, and four meanings that are used for nothing else. Text on the page reaches 4.5 : 1 in both. */
export const palettes = {
  light: {
    primary: '#1666c5',
    lost: '#b3261e',
    person: '#8a5300',
    proved: '#1a7340',
    circumstantial: '#6b3fb0',
    page: '#f4f6f8',
    surface: '#ffffff',
    text: '#1c2430',
    quiet: '#5b6675',
    line: '#e3e7ec',
  },
  dark: {
    primary: '#5a9be6',
    lost: '#ff8f87',
    person: '#f0b458',
    proved: '#6cc890',
    circumstantial: '#bfa2f5',
    page: '#10141a',
    surface: '#181d25',
    text: '#e4e9f0',
    quiet: '#9aa6b5',
    line: '#2a313c',
  },
} as const;

export type Scheme = keyof typeof palettes;
