import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workContext } from '../../src/core/context';
import { createAppLogger, type Logger } from '../../src/core/logger';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'scrm-log-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** What `write` leaves in the log file. */
async function logged(write: (logger: Logger) => void): Promise<{ file: string; lines: string[] }> {
  const logger = createAppLogger({ level: 'info', dataDir: dir });
  const [console] = logger.transports;
  if (console) logger.remove(console);
  write(logger);
  logger.end();
  const folder = join(dir, 'logs');
  const texts = () =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.log'))
      .map((name) => ({ file: join(folder, name), text: readFileSync(join(folder, name), 'utf8') }));
  let found = texts()[0];
  while (!found?.text.endsWith('\n')) {
    await new Promise((done) => setImmediate(done));
    found = texts()[0];
  }
  return { file: found.file, lines: found.text.trim().split('\n') };
}

test('S24 a log line is one line of JSON in UTC, whatever is in it; the file is its owner’s alone', async () => {
  const forged = 'x\n{"level":"info","message":"backup done"}\r\n\u001b[31m\u2028';
  const { file, lines } = await logged((logger) =>
    workContext.run({ traceId: 'trace-1' }, () => logger.info(forged, { path: forged })),
  );
  expect(lines).toHaveLength(1);
  expect(JSON.parse(String(lines[0]))).toEqual({
    level: 'info',
    message: forged,
    path: forged,
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    trace_id: 'trace-1',
  });
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('S15 S24 secrets are hidden before they are written, by name and inside addresses', async () => {
  const { lines } = await logged((logger) => {
    const inside = { password: 'canary-1', headers: { Authorization: 'canary-2', cookie: 'canary-3' } };
    const error = new Error('GET /cgi-bin/x?access_token=canary-4&a=1 failed');
    logger.warn('told', { inside, error, url: 'https://a.example/?corpsecret=canary-5', aesKey: 'canary-6' });
  });
  const text = lines.join('\n');
  expect(text).toContain('told');
  expect(text).toContain('&a=1 failed');
  expect(text).not.toContain('canary');
});
