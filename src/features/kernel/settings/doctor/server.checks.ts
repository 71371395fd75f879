import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { minutes, seconds } from '../../../../core/clock';
import type { Database } from '../../../../db/database';
import { type Check, type DoctorDeps, type Outcome, ok, type Round, skipped, words } from './doctor.types';

/** This machine: clocks, folder, key, database, disk, backups. */
export const serverChecks = (deps: DoctorDeps): Check[] => [
  {
    key: 'clock.wecom',
    area: 'server',
    title: words('时钟：与企业微信相比', 'Clock, compared with WeCom'),
    run: (round) => wecomClock(deps, round),
  },
  {
    key: 'clock.database',
    area: 'server',
    title: words('时钟：与数据库相比', 'Clock, compared with the database'),
    run: async () => clock(await deps.db.measureClock()),
  },
  {
    key: 'data_dir',
    area: 'server',
    title: words('数据目录的权限', 'Permissions of the data folder'),
    run: () => dataDir(deps.config.dataDir),
  },
  {
    key: 'master_key',
    area: 'server',
    title: words('主密钥', 'Master key'),
    run: () => masterKey(deps.config),
  },
  { key: 'database', area: 'server', title: words('数据库', 'Database'), run: () => durability(deps.db) },
  { key: 'disk', area: 'server', title: words('磁盘空间', 'Disk space'), run: () => disk(deps.config.dataDir) },
  { key: 'backup', area: 'server', title: words('备份', 'Backup'), run: () => backup(deps) },
  { key: 'recovery_key', area: 'server', title: words('恢复密钥', 'Recovery key'), run: () => recoveryKey(deps) },
];

async function wecomClock({ wecom }: DoctorDeps, round: Round): Promise<Outcome> {
  await round.secret('agent');
  const skew = wecom.platform.clockSkewMs();
  return skew === undefined
    ? skipped('还没有企业微信的应答可比。', 'No answer of WeCom to compare with yet.')
    : clock(skew);
}

/** Signatures and callbacks older than ten minutes are stale, sign-in codes live five. */
const tolerable = seconds(30);
const harmful = minutes(5);

function clock(skewMs: number): Outcome {
  const s = Math.round(skewMs / 1000);
  const cause = words(`相差 ${Math.abs(s)} 秒。`, `${Math.abs(s)} s apart.`);
  if (Math.abs(skewMs) <= tolerable) return { level: 'ok', cause };
  return {
    level: Math.abs(skewMs) > harmful ? 'fail' : 'warn',
    cause,
    action: words(
      '请在服务器上启用时间同步（timedatectl set-ntp true，或 chrony）。',
      'Switch on time synchronisation on the server (timedatectl set-ntp true, or chrony).',
    ),
  };
}

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
const octal = (mode: number): string => mode.toString(8).padStart(4, '0');

async function dataDir(folder: string): Promise<Outcome> {
  try {
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return {
      level: 'fail',
      cause: words(`${folder} 不可写。`, `${folder} cannot be written to.`),
      action: words('请把它的所有者改为运行服务的用户。', 'Make the user the server runs as its owner.'),
    };
  }
  const mode = await modeOf(folder);
  if ((mode & 0o077) === 0)
    return ok(`${octal(mode)}，仅服务用户可读。`, `${octal(mode)}: for the server's user only.`);
  return {
    level: 'warn',
    cause: words(`权限为 ${octal(mode)}，其他用户也能进入。`, `Its mode is ${octal(mode)}: other users may enter.`),
    action: words('请在服务器上执行此命令。', 'Run this command on the server.'),
    copy: [`chmod 700 ${folder}`],
  };
}

async function masterKey({ dataDir: folder, masterKey: given }: DoctorDeps['config']): Promise<Outcome> {
  if (given) return ok('来自环境变量 MASTER_KEY。', 'From MASTER_KEY in the environment.');
  const file = join(folder, 'master.key');
  const mode = await modeOf(file);
  if ((mode & 0o077) === 0)
    return ok(`${octal(mode)}，仅服务用户可读。`, `${octal(mode)}: for the server's user only.`);
  return {
    level: 'fail',
    cause: words(
      `master.key 的权限为 ${octal(mode)}，其他用户也能读取。`,
      `The mode of master.key is ${octal(mode)}: others can read it.`,
    ),
    action: words('请在服务器上执行此命令。', 'Run this command on the server.'),
    copy: [`chmod 600 ${file}`],
  };
}

/** Acknowledged means on disk (reliability 0.2). */
async function durability(db: Database): Promise<Outcome> {
  const safe = db.dialect === 'sqlite' ? await sqliteIsSafe(db) : await mysqlIsSafe(db);
  if (safe) return ok(`${db.dialect}，提交即落盘。`, `${db.dialect}; what is committed is on disk.`);
  return {
    level: 'fail',
    cause: words('断电可能丢失已确认的回调。', 'A power cut may lose acknowledged callbacks.'),
    action: words('请设置 innodb_flush_log_at_trx_commit = 1。', 'Set innodb_flush_log_at_trx_commit to 1.'),
    copy: ['SET GLOBAL innodb_flush_log_at_trx_commit = 1'],
  };
}

async function sqliteIsSafe(db: Database): Promise<boolean> {
  const [row] = await db.query<{ synchronous: number }>('PRAGMA synchronous');
  return row?.synchronous === 2;
}

async function mysqlIsSafe(db: Database): Promise<boolean> {
  const [row] = await db.query<{ flush: unknown }>('SELECT @@innodb_flush_log_at_trx_commit AS flush');
  return Number(row?.flush) === 1;
}

const leastFreeBytes = 500 * 2 ** 20;
const leastFreePart = 0.1;

async function disk(folder: string): Promise<Outcome> {
  const { bavail, blocks, bsize } = await statfs(folder);
  const free = Math.floor((bavail * bsize) / 2 ** 20);
  const part = Math.floor((bavail / blocks) * 100);
  const cause = words(`剩余 ${free} MB（${part} %）。`, `${free} MB free (${part} %).`);
  if (bavail * bsize >= leastFreeBytes && bavail / blocks >= leastFreePart) return { level: 'ok', cause };
  return {
    level: 'warn',
    cause,
    action: words('请扩容，或清理旧备份与日志。', 'Add space, or remove old backups and logs.'),
  };
}

async function backup({ backups }: DoctorDeps): Promise<Outcome> {
  const last = await backups.newestGood();
  const at = last?.toISOString();
  const cause = at
    ? words(`最近一次有效备份：${at}`, `Last good backup: ${at}`)
    : words('还没有备份。', 'No backup yet.');
  if ((await backups.overdueMs()) <= 0) return { level: 'ok', cause };
  return {
    level: 'warn',
    cause,
    action: words(
      '请在「设置 → 备份」立即备份，并检查备份目录。',
      'Back up now under Settings → Backup, and check the folder.',
    ),
  };
}

async function recoveryKey({ backups }: DoctorDeps): Promise<Outcome> {
  const since = await backups.recoveryKeySince();
  if (since) return ok(`生成于 ${since.toISOString()}`, `Made at ${since.toISOString()}`);
  return {
    level: 'warn',
    cause: words('没有：主密钥一旦丢失，所有备份都无法打开。', 'None: if the master key is lost, no backup opens.'),
    action: words('请在服务器上生成，并保存在别处。', 'Make one on the server, and keep it elsewhere.'),
    copy: ['npm run scrm -- backup recovery-key'],
  };
}
