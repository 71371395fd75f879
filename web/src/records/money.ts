const usual = 'CNY';

const formatOf = (currency: string, language?: string): Intl.NumberFormat =>
  new Intl.NumberFormat(language, { style: 'currency', currency: /^[A-Z]{3}$/.test(currency) ? currency : usual });

/** How many minor units make one: 100 of most currencies, 1 of the yen. */
export const unitsOf = (currency: unknown): number =>
  10 ** (formatOf(String(currency || usual)).resolvedOptions().maximumFractionDigits ?? 2);

/** Whole minor units, as people write them. */
export const moneyText = (minor: number, currency: unknown, language: string): string =>
  formatOf(String(currency || usual), language).format(minor / unitsOf(currency));

export const currencies = ['CNY', 'USD', 'EUR', 'HKD', 'JPY', 'GBP', 'SGD', 'TWD', 'KRW', 'AUD'];
