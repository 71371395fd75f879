import type { Mirror } from '../mirror';
import type { signIn as zh } from '../zh-CN/sign-in';

export const signIn: Mirror<typeof zh> = {
  title: 'Sign in',
  lead: 'Sign in with a one-time link',
  how: 'A link works once and comes from the server:',
  firstStart: 'At its first start the server prints the sign-in link of the administrator.',
  command: 'For another link, run on the server:',
  failed: 'You are not signed in',
};
