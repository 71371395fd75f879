/** How the server covers what somebody may not read in full: `138****1111`, a short number wholly, a note as `***`. */
export const isMasked = (text: string): boolean => /^(?:.{3}\*{4}.{4}|\*+)$/u.test(text);
