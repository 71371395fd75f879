import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { exitCode, StartupError } from '../core/errors';
import { parseMasterKey } from '../core/vault';
import { masterKeyOf, replaceMasterKey } from '../db/open';
import { execute } from './runs';
import { print, withServices } from './session';

interface Rotate {
  master?: boolean;
  newKeyFile?: string;
  json?: boolean;
}

/** `keys rotate` and `keys list`. */
export function keyCommands(): Command {
  const keys = new Command('keys').description('the keys that stored secrets and personal data are sealed with');
  keys
    .command('rotate')
    .description('make a new data key and seal everything anew, beside a server that goes on')
    .option('--master', 'wrap the data keys with another master key instead; restart every server afterwards')
    .option('--new-key-file <file>', 'with --master, where MASTER_KEY is a setting: holds the one to come')
    .option('--json')
    .action(({ master = false, ...more }: Rotate) => (master ? changeMaster(more) : rotate(more)));
  keys
    .command('list')
    .description('the data keys, newest first')
    .option('--json')
    .action(({ json }: Rotate) =>
      withServices(async ({ services }) => {
        const items = await services.keys.list();
        print({ items }, { json }, items.map(({ version, state }) => `${version} ${state}`).join('\n'));
      }),
    );
  return keys;
}

const rotate = ({ json = false }: Rotate): Promise<void> =>
  execute(
    ({ keys }) => keys.rotate({ actor: 'host', by: 'host' }),
    ({ result }) => {
      const { version, sealed, unreadable } = result as Record<string, number>;
      const left = unreadable ? `; ${unreadable} values cannot be opened, so the old key stays` : '';
      return `Done: ${sealed} values are sealed with data key ${version}${left}.`;
    },
    json,
  );

const changeMaster = ({ newKeyFile, json = false }: Rotate): Promise<void> =>
  withServices(async ({ config, services }) => {
    const from = masterKeyOf(config);
    const change = (to: Buffer) => services.keys.changeMasterKey(from, to);
    if (!config.masterKey) {
      await replaceMasterKey(config, change);
      return print(
        { ok: true },
        { json },
        'The master key in DATA_DIR is a new one. Restart the server, and take a backup.',
      );
    }
    if (!newKeyFile) {
      throw new StartupError(
        'MASTER_KEY is a setting: name a file with the one to come (openssl rand -base64 32 > file; --new-key-file file).',
        exitCode.settings,
      );
    }
    await change(parseMasterKey(readFileSync(newKeyFile, 'utf8')));
    print({ ok: true }, { json }, 'Set MASTER_KEY to the new key now, restart every process, and take a backup.');
  });
