import { z } from 'zod';
import '../../../http/schema';

export const mediaParam = z.strictObject({ id: z.string().regex(/^[\w-]{1,64}$/) });

const message = z.string().regex(/^\d{1,16}$/);

/** The message it is shown in: whoever does not see that does not see the file. */
export const partQuery = z.strictObject({ message });

/** `inline=1`: to be shown in the page, which is granted to kinds that cannot run anything. */
export const mediaQuery = z.strictObject({ message, inline: z.enum(['0', '1']).default('0') });
export type MediaQuery = z.output<typeof mediaQuery>;
