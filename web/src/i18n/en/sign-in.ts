import type { Mirror } from '../mirror';
import type { signIn as zh } from '../zh-CN/sign-in';

export const signIn: Mirror<typeof zh> = {
  title: 'Sign in',
  lead: 'Sign in with a one-time link',
  how: 'A link works once and comes from the server:',
  firstStart: 'When the server starts it prints the sign-in link of the administrator.',
  newUser: 'To create an account and print its link, run on the server:',
  newUserCommand: 'npm run scrm -- user create --name <name> --role <role>',
  newLink: 'To print another link for an account:',
  newLinkCommand: 'npm run scrm -- user link <account-id>',
  linkCode: 'One more thing: a code',
  linkCodeHint: 'This account administers or oversees, and has an authenticator app: a link alone is too little.',
  byWecom: 'Sign in with WeCom',
  wecomRefused:
    'WeCom sign-in was refused. Try again; if it happens again, ask an administrator: the audit trail has the reason.',
  byOidc: 'Sign in with single sign-on',
  oidcRefused:
    'Single sign-on was refused. It works once you connected it yourself under Sign-in and security; the audit trail has the reason.',
  oidcAway: 'The single sign-on provider does not answer. Try again later, or sign in another way.',
  byPassword: 'Sign in with password and code',
  name: 'Sign-in name',
  password: 'Password',
  code: 'Code',
  codeHint: 'Six digits of your authenticator app, or a recovery code.',
  enter: 'Sign in',
  needed: 'Fill this in',
  failed: 'You are not signed in',
  stillIn: 'You are not signed out',
  stillInHow:
    'The server did not answer, so the session may go on. Sign out again when it is back, or ask an administrator to end it.',
};
