import { type AccountView, createAccounts, toView } from './accounts';
import { createApiTokens } from './api-tokens';
import { createAttempts } from './attempts';
import { type AccessDeps, createSessions } from './sessions';
import { createSignIn } from './sign-in';
import { createStepUp } from './step-up';

interface NewUser {
  name: string;
  roles: readonly string[];
  /** Whose account it is; nobody's of the directory when not given. */
  userid?: string | undefined;
  expiresAt?: Date | undefined;
  actor?: string;
}

export type AccessService = ReturnType<typeof createAccessService>;

/** Who may come in. Every change leaves its audit row in the same transaction; `actor` is `host` unless given. */
export function createAccessService(deps: AccessDeps) {
  const { db } = deps;
  const sessions = createSessions(deps);
  const accounts = createAccounts(deps, sessions);
  const signIn = createSignIn(deps, accounts, sessions);
  const tokens = createApiTokens(deps);
  return {
    /** Whether nobody has an account yet, so that an owner link should be printed. */
    firstStart: async (): Promise<boolean> => !(await accounts.any()),

    /** A user, and the token of the first sign-in link. @throws access.unknown_role, bad_name, http.validation */
    createUser: ({ actor = 'host', ...user }: NewUser): Promise<AccountView & { token: string }> =>
      db.transact(async () => {
        const account = await accounts.create({ ...user, actor });
        return { ...toView(account), token: await signIn.issue({ accountId: account.id, actor }) };
      }),
    listUsers: accounts.list,
    disableUser: accounts.disable,

    issueSignInLink: signIn.issue,
    useSignInLink: signIn.use,
    linkAsksCodeOf: signIn.asksCodeOf,

    /** What the other ways of signing in stand on. */
    accounts,
    sessions,
    attempts: createAttempts(deps),

    session: sessions.viewer,
    glance: sessions.glance,
    ...createStepUp({ sessions, ...deps }),
    endSession: sessions.end,
    sessionsOf: sessions.listOf,
    endSessionsOf: sessions.endAllOf,

    issueToken: tokens.issue,
    viewerOfToken: tokens.viewer,
    revokeToken: tokens.revoke,
    listTokens: tokens.list,
    liveTokensOf: tokens.liveOf,
  };
}
