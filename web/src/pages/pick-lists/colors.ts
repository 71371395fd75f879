/** None of them is one of the four colours that mean something; each can be told apart on light and on dark. */
export const colors = {
  gray: '#8792a2',
  blue: '#3f8ae0',
  teal: '#12a5a5',
  olive: '#8f9a2b',
  brown: '#b0764a',
  pink: '#d765a5',
} as const;

export type Color = keyof typeof colors;
export const colorKeys = Object.keys(colors) as Color[];
