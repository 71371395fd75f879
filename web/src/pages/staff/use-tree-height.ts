import { useSyncExternalStore } from 'react';

/** What stands above and below the tree on the page. */
const taken = 262;
const least = 240;

const subscribe = (changed: () => void) => {
  window.addEventListener('resize', changed);
  return () => window.removeEventListener('resize', changed);
};

/** In pixels: the tree ends with the window and scrolls inside, drawing only what is seen. */
export const useTreeHeight = (): number =>
  useSyncExternalStore(subscribe, () => Math.max(least, window.innerHeight - taken));
