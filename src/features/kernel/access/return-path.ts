/** An address of our console. Browsers read `\` as `/` and drop tabs and line ends, so neither may stand in it. */
export const isReturnPath = (path: string): boolean =>
  path.length <= 512 && /^\/(?!\/)[^\\\p{Cc}]*$/u.test(path) && !/^\/(api|callbacks)(\/|$)/i.test(path);

/** An address of the page beside a WeCom chat, which stands inside WeCom's client and nowhere else. */
export const isSidebar = (path: string): boolean => isReturnPath(path) && /^\/sidebar(\/|$|\?)/.test(path);

/** Where whoever is not let in comes to: a page that says that this way failed. */
export const refusedPath = (way: string, returnTo = ''): string =>
  `${isSidebar(returnTo) ? '/sidebar/' : '/sign-in'}?refused=${way}`;
