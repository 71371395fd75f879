/** Drawn here: a whole set of icons would outweigh the pages. */
const paths = {
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-8 8c0-3.3 3.6-5.5 8-5.5s8 2.2 8 5.5',
  group:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-7 8c0-3 3.1-5 7-5s7 2 7 5M16 4.5a3.5 3.5 0 0 1 0 6.3M18.5 14.4c2.1.8 3.5 2.4 3.5 4.6',
  timeline: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3.5 2',
  handover: 'M4 8h13l-3.5-3.5M20 16H7l3.5 3.5',
  phone: 'M6 3h3l1.5 5-2 1.5a12 12 0 0 0 6 6l1.5-2 5 1.5v3c0 1.1-.9 2-2 2A15 15 0 0 1 4 5c0-1.1.9-2 2-2Z',
  warning: 'M12 3 2 20h20L12 3Zm0 7v4m0 3v.01',
  done: 'm5 12.5 4.5 4.5L19 7.5',
  failed: 'm6 6 12 12M18 6 6 18',
} as const;
export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg aria-hidden className="icon" viewBox="0 0 24 24" width="22" height="22" fill="none" stroke="currentColor">
      <path d={paths[name]} strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
