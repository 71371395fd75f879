import { Command } from 'commander';
import { type Clock, days } from '../core/clock';
import { signInPath } from '../features/kernel/access';
import { roleKeys } from '../http/roles';
import type { Services } from '../services';
import { print, withServices } from './session';

const roleOption = `one of ${roleKeys.join(', ')}; may be given more than once`;
const collect = (value: string, previous: string[]): string[] => [...previous, value];

const staffOption = 'userid of the staff member it stands for: it sees what they see';

interface Named {
  name: string;
  role: string[];
  staff?: string;
  days?: number;
  json?: boolean;
}

/** `user create|link|reset-factor|reset-password|list`, `token issue|list|revoke`. Each leaves its row in the audit trail. */
export const accessCommands = (): Command[] => [users(), tokens()];

function users(): Command {
  const user = new Command('user').description('people who may sign in');
  user
    .command('create')
    .description('create an account and print its one-time sign-in link')
    .requiredOption('--name <name>', 'shown in the console and in the audit trail')
    .requiredOption('--role <role>', roleOption, collect, [])
    .option('--staff <userid>', staffOption)
    .option('--days <days>', 'days until nobody signs in with it any more', Number)
    .option('--json')
    .action(({ name, role, staff, days: life, json }: Named) =>
      withServices(async ({ clock, config, services }) => {
        const user = { name, roles: role, userid: staff, expiresAt: endOf(clock, life) };
        const { token, ...account } = await services.access.createUser(user);
        const link = linkOf(config.http, token);
        print({ ...account, sign_in_url: link }, { json: json ?? false }, `${name} signs in once with: ${link}`);
      }),
    );
  user
    .command('link <account-id>')
    .description('print a new one-time sign-in link for an account')
    .option('--json')
    .action((accountId: string, { json }: { json?: boolean }) =>
      withServices(async ({ config, services }) => {
        const link = linkOf(config.http, await services.access.issueSignInLink({ accountId }));
        print({ sign_in_url: link }, { json: json ?? false }, link);
      }),
    );
  user.addCommand(
    reset('reset-factor', 'for a lost device: forget the second factor of an account and end its sessions', {
      of: ({ localSignIn }) => localSignIn.resetFactor,
      next: 'enrol again',
    }),
  );
  user.addCommand(
    reset('reset-password', 'for a forgotten password: forget it and end the sessions of the account', {
      of: ({ localSignIn }) => localSignIn.resetPassword,
      next: 'set another',
    }),
  );
  user
    .command('list')
    .option('--json')
    .action(({ json }: { json?: boolean }) =>
      withServices(async ({ services }) => {
        const found = await services.access.listUsers();
        print(found, { json: json ?? false }, found.map((a) => `${a.id}  ${a.name}  ${a.roles.join(',')}`).join('\n'));
      }),
    );
  return user;
}

interface Reset {
  of(services: Services): (accountId: string, actor: string) => Promise<void>;
  /** What the person does afterwards. */
  next: string;
}

const reset = (name: string, about: string, { of, next }: Reset): Command =>
  new Command(name)
    .argument('<account-id>')
    .description(about)
    .option('--json')
    .action((accountId: string, { json }: { json?: boolean }) =>
      withServices(async ({ services }) => {
        await of(services)(accountId, 'host');
        const then = `Forgotten. They sign in with a link (scrm user link ${accountId}) and ${next}.`;
        print({ ok: true }, { json: json ?? false }, then);
      }),
    );

function tokens(): Command {
  const token = new Command('token').description('bearer tokens for the API');
  token
    .command('issue')
    .description('print a new token; it is shown this once')
    .requiredOption('--name <name>', 'what it is for')
    .requiredOption('--role <role>', roleOption, collect, [])
    .option('--staff <userid>', staffOption)
    .option('--days <days>', 'days until it expires', Number)
    .option('--json')
    .action(({ name, role, staff, days: life, json }: Named) =>
      withServices(async ({ clock, services }) => {
        const token = { name, roles: role, userid: staff, expiresAt: endOf(clock, life) };
        const issued = await services.access.issueToken(token);
        print(issued, { json: json ?? false }, issued.token);
      }),
    );
  token
    .command('list')
    .option('--json')
    .action(({ json }: { json?: boolean }) =>
      withServices(async ({ services }) => {
        const found = await services.access.listTokens();
        print(found, { json: json ?? false }, found.map((t) => `${t.id}  ${t.name}  ${t.roles.join(',')}`).join('\n'));
      }),
    );
  token
    .command('revoke <id>')
    .option('--json')
    .action((id: string, { json }: { json?: boolean }) =>
      withServices(async ({ services }) => {
        await services.access.revokeToken(id, 'host');
        print({ ok: true }, { json: json ?? false }, 'Revoked.');
      }),
    );
  return token;
}

const endOf = (clock: Clock, life: number | undefined): Date | undefined =>
  life ? new Date(clock.now().getTime() + days(life)) : undefined;

const linkOf = (
  { publicUrl, host, port }: { publicUrl: string | undefined; host: string; port: number },
  token: string,
) => (publicUrl ?? `http://${host}:${port}`) + signInPath(token);
