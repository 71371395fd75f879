import { randomBytes } from 'node:crypto';
import { type Clock, minutes } from '../core/clock';

/** What `auth/getuserinfo` answers for a code. */
export type Visitor = { userid: string } | { openid: string; external_userid?: string };

export type SignIns = ReturnType<typeof createSignIns>;

const life = minutes(5);

/** The codes given out by the sign-in page: five minutes, one use. */
export function createSignIns(clock: Clock) {
  const codes = new Map<string, { visitor: Visitor; expiresAt: number }>();
  let holder: string | undefined;
  return {
    /** From now on the pretend client is in the hands of this member: it signs them in without asking. */
    hold(userid: string): void {
      holder = userid;
    },
    holder: (): string | undefined => holder,

    issue(visitor: Visitor): string {
      const code = randomBytes(32).toString('base64url');
      codes.set(code, { visitor, expiresAt: clock.now().getTime() + life });
      return code;
    },

    /** @returns undefined for a code that was used, is over, or never was */
    take(code: string): Visitor | undefined {
      const issued = codes.get(code);
      codes.delete(code);
      return issued && issued.expiresAt > clock.now().getTime() ? issued.visitor : undefined;
    },
  };
}
