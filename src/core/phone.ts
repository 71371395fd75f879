/** What people put between the digits, and the brackets around an area code. */
const between = /[\s\-–—.()（）]/g;

/**
 * A phone number as it is compared: digits alone, a Chinese mobile without the country code. Full-width digits, spaces,
 * dashes, `+86`, `0086` and `86` before a mobile make no difference.
 * @returns undefined for a text that is not a number of 5 to 20 digits
 */
export function normalPhone(text: string): string | undefined {
  const digits = text.normalize('NFKC').replace(between, '').replace(/^\+/, '00');
  if (!/^\d{5,22}$/.test(digits)) return undefined;
  return digits.replace(/^(?:0086|86)(?=1[3-9]\d{9}$)/, '');
}

/** Whether somebody who types this means a whole phone number. */
export const looksLikePhone = (text: string): boolean => (normalPhone(text)?.length ?? 0) >= 7;
