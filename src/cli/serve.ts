import closeWithGrace from 'close-with-grace';
import { Command } from 'commander';
import { loadConfig } from '../../config';
import { version } from '../../package.json';
import { systemClock } from '../core/clock';
import { createAppLogger } from '../core/logger';
import { openDatabase } from '../db/open';
import { allEntities } from '../entities';
import { backupBeforeMigrations } from '../features/kernel/backups';
import { assertRoleFits, signInLink, startSystem } from '../main';
import { print } from './session';

export const serveCommands = (): Command[] => [
  new Command('serve')
    .description('start the server')
    .option('--migrate', 'run pending migrations first')
    .option('--no-backup', 'take no backup before migrations change the database')
    .option('--json', 'print the address as JSON')
    .action(serve),
  new Command('migrate')
    .description('bring the database to this version')
    .option('--no-backup', 'take no backup before the database is changed')
    .option('--json', 'print the result as JSON')
    .action(migrate),
];

interface Serving {
  migrate?: boolean;
  backup: boolean;
  json?: boolean;
}

async function serve({ migrate = false, backup, json = false }: Serving): Promise<void> {
  const config = loadConfig();
  assertRoleFits(config);
  const logger = createAppLogger({ ...config.log, dataDir: config.dataDir });
  const system = await startSystem({ config, migrate, backup, logger });
  const isFirst = await system.services.access.firstStart();
  const link = await signInLink(system);
  const mode = system.config.wecom.mode;
  const { connected } = await system.services.settings.view();
  const lines = [
    `The console is at ${system.url}${mode === 'sandbox' ? ' (demo company)' : ''}`,
    ...(system.demo ? [`A pretend WeCom client with the chat sidebar: ${system.demo.sandbox.clientUrl}`] : []),
    ...(connected ? [] : ['No company is connected yet: the sign-in link leads to the wizard.']),
    link
      ? `Sign in once with this link, within ${isFirst ? 'a day' : 'an hour'}: ${link}`
      : 'A new sign-in link: npm run scrm -- user list, then user link <account-id>',
  ];
  // Straight to the terminal: the link must not end up in a log file.
  print({ url: system.url, sign_in_url: link ?? null, mode }, { json }, lines.join('\n'));
  closeWithGrace({ delay: 24_000, logger: false }, async ({ err }) => {
    if (err) logger.error('stopping after an unexpected error', { error: err });
    await system.stop();
  });
}

async function migrate({ backup, json = false }: Omit<Serving, 'migrate'>): Promise<void> {
  const config = loadConfig();
  const clock = systemClock;
  const logger = createAppLogger(config.log);
  const beforeMigrations = backup ? backupBeforeMigrations({ clock, program: version, logger }) : undefined;
  const { db } = await openDatabase({ config, entities: allEntities, clock, migrate: true, beforeMigrations });
  const applied = db.source.migrations.map((m) => m.name);
  await db.source.destroy();
  print({ ok: true, migrations: applied }, { json }, `The database is up to date (${applied.length} migrations).`);
}
