interface Interval {
  from: string;
  to: string;
}

/** "09:00–12:00, 13:30–18:00"; nothing where nobody works. */
export const hoursText = (hours: readonly Interval[]): string =>
  hours.map(({ from, to }) => `${from}–${to}`).join(', ');

/** Between two times a dash, or the Chinese word for it. */
const span = /^(\d{1,2}):([0-5]\d)\s*[-–—~\u81f3]\s*(\d{1,2}):([0-5]\d)$/;
const dayMinutes = 24 * 60;

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Reads what `hoursText` writes and what people type in its place. @returns undefined where it is no hours of one day */
export function hoursIn(text: string): Interval[] | undefined {
  const parts = text.split(/[,;\uff0c\u3001\uff1b\n]/).map((part) => part.trim());
  const hours: Interval[] = [];
  for (const part of parts.filter(Boolean)) {
    const [, fromHour = '', fromMinute, toHour = '', toMinute] = span.exec(part) ?? [];
    const one = { from: `${fromHour.padStart(2, '0')}:${fromMinute}`, to: `${toHour.padStart(2, '0')}:${toMinute}` };
    if (!fromMinute || minuteOf(one.to) > dayMinutes || minuteOf(one.from) >= minuteOf(one.to)) return undefined;
    hours.push(one);
  }
  hours.sort((a, b) => a.from.localeCompare(b.from));
  const isApart = hours.every(({ from }, place) => place === 0 || from >= (hours[place - 1]?.to ?? ''));
  return isApart && hours.length <= 8 ? hours : undefined;
}
