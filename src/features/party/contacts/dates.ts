import { z } from 'zod';

const solarDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a month has such a day; of the lunar calendar a month has 29 or 30. */
const exists = ({
  calendar,
  month,
  day,
  year,
}: {
  calendar: string;
  month: number;
  day: number;
  year?: number | undefined;
}) => {
  if (calendar === 'lunar') return day <= 30;
  if (day > (solarDays[month - 1] ?? 0)) return false;
  return year === undefined || new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
};

/** A birthday, solar or lunar, of a year that may be unknown; nobody is older than 130 (CON-05). */
export const birthdayShape = z
  .strictObject({
    calendar: z.enum(['solar', 'lunar']).default('solar'),
    month: z.number().int().min(1).max(12),
    day: z.number().int().min(1).max(31),
    year: z.number().int().optional(),
  })
  .refine(exists, { message: 'There is no such day', params: { rule: 'range' } })
  .refine(({ year }) => year === undefined || (year >= thisYear() - 130 && year <= thisYear()), {
    message: 'Nobody is that old, or not born yet',
    params: { rule: 'range' },
  })
  .refine((born) => born.calendar === 'lunar' || !isAhead(born), {
    message: 'Not born yet',
    params: { rule: 'range' },
  });

const thisYear = (): number => new Date().getFullYear();
const isAhead = ({ year, month, day }: { year?: number | undefined; month: number; day: number }): boolean =>
  year !== undefined && Date.UTC(year, month - 1, day) > Date.now();

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Whether it is a resident's id number: 15 digits, or 18 signs with the right check sign and a day that exists. */
export function isIdNumber(text: string): boolean {
  if (/^\d{15}$/.test(text)) return true;
  if (!/^\d{17}[\dX]$/.test(text)) return false;
  const sum = weights.reduce((total, weight, i) => total + weight * Number(text[i]), 0);
  return '10X98765432'[sum % 11] === text[17];
}
