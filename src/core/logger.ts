import { join } from 'node:path';
import { createLogger, format, type Logger, transports } from 'winston';
import DailyRotateFile from 'winston-daily-rotate-file';
import { workContext } from './context';
import { maskText } from './mask';

export type { Logger };

const secretKey = /secret|token|password|aes_?key|master_?key|authorization|cookie|welcome_?code|corpsecret/i;

/** Hides secrets and what is personal before anything is written (S15): by key name, and inside texts. */
function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskText(value);
  if (value instanceof Error) {
    return { name: value.name, message: redact(value.message), stack: redact(value.stack ?? ''), ...errcodeOf(value) };
  }
  if (value instanceof Date || value === null || typeof value !== 'object' || depth > 6) return value;
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      secretKey.test(key) && typeof item === 'string' ? '***' : redact(item, depth + 1),
    ]),
  );
}

const errcodeOf = (error: Error): object => ('errcode' in error ? { errcode: error.errcode } : {});

const redacted = format((info) => Object.assign(info, redact({ ...info })));
const traced = format((info) => {
  const context = workContext.getStore();
  return context ? Object.assign(info, { trace_id: context.traceId }) : info;
});

/** JSON lines on stderr and, where a data folder is given, in daily files kept `keepDays` days. */
export function createAppLogger(options: { level: string; dataDir?: string; keepDays?: number }): Logger {
  const logger = createLogger({
    level: options.level,
    format: format.combine(redacted(), traced(), format.timestamp(), format.json()),
    transports: [
      new transports.Console({ stderrLevels: ['error', 'warn', 'info', 'http', 'verbose', 'debug', 'silly'] }),
    ],
    exitOnError: false,
  });
  if (options.dataDir) logger.add(logFile(options.dataDir, options.keepDays ?? 14));
  // A full disk or a vanished folder must not take the process down (F8).
  logger.on('error', () => undefined);
  return logger;
}

function logFile(dataDir: string, keepDays: number): DailyRotateFile {
  const file = new DailyRotateFile({
    dirname: join(dataDir, 'logs'),
    filename: 'scrm-%DATE%.log',
    maxSize: '50m',
    maxFiles: `${keepDays}d`,
    // Names and addresses stand in it: nobody else on this machine reads along.
    options: { flags: 'a', mode: 0o600 },
  });
  file.on('error', () => undefined);
  return file;
}
