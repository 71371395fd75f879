// Stands on its own, so that it needs nothing of the console around it.

export const userStates = ['active', 'expired', 'disabled'] as const;
export type UserState = (typeof userStates)[number];
export const tokenStates = ['active', 'expired', 'revoked'] as const;
export type TokenState = (typeof tokenStates)[number];

const isOver = (expiresAt: string | null, now: Date): boolean => expiresAt !== null && new Date(expiresAt) <= now;

/** Whether somebody can sign in; being shut out outlasts an end. */
export function userState(user: { disabled_at: string | null; expires_at: string | null }, now: Date): UserState {
  if (user.disabled_at !== null) return 'disabled';
  return isOver(user.expires_at, now) ? 'expired' : 'active';
}

export function tokenState(token: { revoked_at: string | null; expires_at: string | null }, now: Date): TokenState {
  if (token.revoked_at !== null) return 'revoked';
  return isOver(token.expires_at, now) ? 'expired' : 'active';
}

/** Whether one of the texts holds what was typed, in any case. */
export const holds = (typed: string | undefined, ...texts: (string | null)[]): boolean =>
  !typed || texts.some((text) => text?.toLowerCase().includes(typed.trim().toLowerCase()));
