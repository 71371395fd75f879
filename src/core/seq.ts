/** The greatest uint64 has twenty digits. */
const digits = 20;

/** A seq as the database holds it: padded, so that text sorts as numbers do (AR5). */
export const paddedSeq = (seq: string | bigint): string => String(seq).padStart(digits, '0');

/** A seq as WeCom and the API spell it. */
export const plainSeq = (padded: string): string => String(BigInt(padded));

export const zeroSeq = paddedSeq('0');
