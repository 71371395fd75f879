interface Refused {
  state: string;
  errcode: number | null;
}

/** The app may not call it; the app does not see it; the address it calls from is not trusted (WeCom's error codes). */
const known: Readonly<Record<number, 'permission' | 'address'>> = {
  48002: 'permission',
  301002: 'permission',
  60011: 'permission',
  60020: 'address',
};

/** What to do about a log that is not read. Whatever WeCom refuses for good and does not explain was mostly not bought. */
export function adviceOf({ state, errcode }: Refused): 'wait' | 'configure' | 'permission' | 'address' | 'buy' {
  if (state === 'failing') return 'wait';
  if (errcode === null) return 'configure';
  return known[errcode] ?? 'buy';
}
