/** An address of our console. Browsers read `\` as `/` and drop tabs and line ends, so neither may stand in it. */
export const isReturnPath = (path: string): boolean =>
  path.length <= 512 && /^\/(?!\/)[^\\\p{Cc}]*$/u.test(path) && !/^\/(api|callbacks)(\/|$)/i.test(path);
