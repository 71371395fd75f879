import { z } from 'zod';
import type { CallOptions, WecomClient } from '../types';
import { textOrNull } from './shape';

/** Who came back from WeCom's sign-in page: a member of this company, or anybody else. */
export type SignInIdentity = { kind: 'staff'; userid: string } | { kind: 'outsider' };

/** A linked company's member comes as `CorpId/userid`. One who also carries an outsider's id is none of ours. */
const identity = z
  .object({ userid: textOrNull, openid: textOrNull, external_userid: textOrNull })
  .refine((answer) => answer.userid ?? answer.openid ?? answer.external_userid, 'names nobody')
  .transform(({ userid, openid, external_userid }): SignInIdentity => {
    const isOurs = userid !== null && !userid.includes('/') && openid === null && external_userid === null;
    return isOurs ? { kind: 'staff', userid } : { kind: 'outsider' };
  });

export type SignInApi = ReturnType<typeof createSignInApi>;

/** Signing in inside WeCom and by QR code (path/91023, path/98152). */
export function createSignInApi(client: WecomClient) {
  return {
    /**
     * Exchanges a code. Sent once: a code works once, so a second try could only be told so.
     * WeCom names members outside the app's visible range too. @throws WecomError 40029 for a code that does not work
     */
    identify: (code: string, options: CallOptions): Promise<SignInIdentity> =>
      client.call({
        app: 'agent',
        method: 'GET',
        path: 'auth/getuserinfo',
        query: { code },
        parse: identity,
        idempotent: false,
        ...options,
      }),
  };
}
