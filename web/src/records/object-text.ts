type Parts = Record<string, unknown>;
type Word = (key: string) => string | undefined;

const isParts = (value: unknown): value is Parts => typeof value === 'object' && value !== null;

const listed = (value: unknown, word: Word): string | undefined =>
  Array.isArray(value) ? value.map((entry) => objectText(entry, word)).join(' · ') : undefined;

const bornText = ({ calendar, year, month, day }: Parts, word: Word): string => {
  const date = [year, month, day].filter((part) => part !== undefined && part !== null).join('-');
  return calendar === 'lunar' ? `${word('lunar') ?? ''} ${date}` : date;
};

/** An address, a birthday, an account, or any other small thing, on one line. */
export function objectText(value: unknown, word: Word): string {
  if (!isParts(value)) return String(value ?? '');
  const list = listed(value, word);
  if (list !== undefined) return list;
  if ('month' in value) return bornText(value, word);
  if ('need' in value && 'budget' in value) {
    return ['need', 'budget', 'authority', 'timing']
      .filter((point) => value[point])
      .map((point) => word(`checklist.${point}`))
      .join(' · ');
  }
  return Object.entries(value)
    .filter(([, part]) => typeof part === 'string' && part !== '')
    .map(([key, part]) => (key === 'kind' ? word(`netCall.${String(part)}`) : String(part)))
    .join(' ');
}
