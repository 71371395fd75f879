export const addressOf = (signInPath: string): string => new URL(signInPath, location.origin).href;
