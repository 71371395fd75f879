import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ScriptError, toStderr } from './project.mjs';
import { mustRun } from './run.mjs';

const isMac = process.platform === 'darwin';
const fonts = ['NotoSansCJK-Regular.ttc', 'NotoSansCJK-Bold.ttc'];

/** What the tests need from the system: where we look for it, and the package that brings it. */
const needs = [
  { debian: 'mariadb-server', mac: 'mariadb', there: () => onPath('mariadbd') && onPath('mariadb-install-db') },
  { debian: 'redis-server', mac: 'redis', there: () => onPath('redis-server') },
  { debian: 'chromium', mac: '--cask chromium', there: () => existsSync(chromium()) },
  // Without it Chinese pages are drawn as empty boxes. macOS has its own fonts.
  {
    debian: 'fonts-noto-cjk',
    there: () => isMac || fonts.some((font) => existsSync(join('/usr/share/fonts/opentype/noto', font))),
  },
];

const macChromium = '/Applications/Chromium.app/Contents/MacOS/Chromium';

/** The browser of the tests: CHROMIUM, or where Debian and macOS put it. */
export const chromium = () => process.env.CHROMIUM || (isMac ? macChromium : '/usr/bin/chromium');

const onPath = (program) =>
  `${process.env.PATH}${delimiter}/usr/sbin`.split(delimiter).some((folder) => existsSync(join(folder, program)));

/**
 * Sees to MariaDB, Redis, Chromium and a Chinese font. Installs what is missing as root on Debian.
 * @throws ScriptError that says exactly what to install, where we cannot
 */
export async function ensureSystemPackages() {
  const missing = needs.filter(({ there }) => !there());
  if (missing.length === 0) return;
  const names = missing.map(({ debian }) => debian);
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    toStderr(`Installing ${names.join(', ')}…`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await mustRun('apt-get update', 'apt-get', ['update'], { env });
    await mustRun('apt-get install', 'apt-get', ['install', '-y', '--no-install-recommends', ...names], { env });
  }
  const still = missing.filter(({ there }) => !there());
  if (still.length > 0) throw new ScriptError(howTo(still));
}

function howTo(missing) {
  const command = isMac
    ? missing.map(({ mac }) => `brew install ${mac}`).join(' && ')
    : `sudo apt-get update && sudo apt-get install -y ${missing.map(({ debian }) => debian).join(' ')}`;
  return `The tests need more than is installed here (${missing.map(({ debian }) => debian).join(', ')}). Run: ${command}`;
}
