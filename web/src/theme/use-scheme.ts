import { useEffect, useSyncExternalStore } from 'react';
import { usePreferences } from '../preferences';
import { palettes, type Scheme } from './palette';

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
  );
}

/** Light or dark, as chosen or as the system says; paper is light. */
export function useScheme(): Scheme {
  const choice = usePreferences((preferences) => preferences.theme);
  const systemDark = useMedia('(prefers-color-scheme: dark)');
  const isPaper = useMedia('print');
  if (isPaper) return 'light';
  return choice === 'system' ? (systemDark ? 'dark' : 'light') : choice;
}

export const useCalm = (): boolean => useMedia('(prefers-reduced-motion: reduce)');

/** Hands the palette to the style sheets as `--lost`, `--person`, `--proved` … */
export function usePaletteVariables(scheme: Scheme): void {
  useEffect(() => {
    const { style, dataset } = document.documentElement;
    dataset.scheme = scheme;
    style.colorScheme = scheme;
    for (const [name, value] of Object.entries(palettes[scheme])) style.setProperty(`--${name}`, value);
  }, [scheme]);
}
