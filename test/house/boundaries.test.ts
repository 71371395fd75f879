import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Files that break the rules named in the comments, and some that are right. */
const planted: Record<string, string> = {
  'src/core/bad.ts': "import '../db/ok';", // core-knows-nothing
  'src/db/ok.ts': "import 'typeorm'; export const ok = 1;",
  'src/db/ring.ts': "import { b } from './ring2'; export const a = b;", // no-cycles
  'src/db/ring2.ts': "import { a } from './ring'; export const b = a;",
  'src/db/lonely.ts': 'const unused = 1;', // no-orphans
  'src/db/lost.ts': "import './nowhere';", // no-unresolvable
  'src/db/dev.ts': "import 'fast-check';", // no-dev-packages-in-product
  'src/db/tests.ts': "import '../../test/help';", // not-from-test
  'test/help.ts': 'export const help = 1;',
  'src/http/up.ts': "import type { x } from '../features/a/x'; export type Y = typeof x;", // platform-knows-no-features
  'src/http/orm.ts': "import 'typeorm';", // typeorm-stays-in-repositories
  'src/http/settings.ts': "import '../../config/schema';", // settings-arrive-as-arguments
  'config/schema.ts': "import '../src/db/ok';", // config-knows-core-only
  'callbacks/chat.ts': "import '../src/db/ok';", // callbacks-take-services
  'src/features/a/x/index.ts': 'export const x = 1; export interface X { x: 1 }',
  'src/features/a/x/x.entity.ts': "import 'typeorm'; export class E {}",
  'src/features/a/x/x.service.ts': "import type { E } from './x.entity'; export interface S { e: E }",
  'src/features/a/y/island.ts': "import '../x';", // features-are-islands
  'src/features/a/y/deep.ts': "import type { S } from '../x/x.service'; export type T = S;", // enter-by-index
  'src/features/a/y/types.ts': "import type { X } from '../x'; export type T = X;",
  'src/features/a/y/wires.ts': "import '../../../services';", // features-do-not-wire
  'src/features/a/y/good.report.ts': "import '../x/x.entity';",
  'src/features/a/y/bad.report.ts': "import '../x';", // reports-read-entities
  'src/services.ts': "import './features/a/x';",
  'src/demo.ts': "import './sandbox/good';",
  'src/app.ts': "import './features/a/x/x.service';", // enter-by-index-from-outside
  'src/entities.ts': "import './features/a/x/x.entity';",
  'src/sandbox/good.ts': "import '../wecom/crypto'; import '../wecom/archive/child';",
  'src/sandbox/bad.ts': "import '../wecom/client';", // sandbox-is-another-program
  'src/wecom/crypto.ts': 'export const crypto = 1;',
  'src/wecom/archive/child.ts': 'export const child = 1;',
  'src/wecom/client.ts': "import '../sandbox/good';", // nobody-knows-the-sandbox
};

const broken: Record<string, string[]> = {
  'core-knows-nothing': ['src/core/bad.ts'],
  'no-cycles': ['src/db/ring.ts'], // told once
  'no-orphans': ['src/db/lonely.ts'],
  'no-unresolvable': ['src/db/lost.ts'],
  'no-dev-packages-in-product': ['src/db/dev.ts'],
  'not-from-test': ['src/db/tests.ts'],
  'platform-knows-no-features': ['src/http/up.ts'],
  'typeorm-stays-in-repositories': ['src/http/orm.ts'],
  'settings-arrive-as-arguments': ['src/http/settings.ts'],
  'config-knows-core-only': ['config/schema.ts'],
  'callbacks-take-services': ['callbacks/chat.ts'],
  'features-are-islands': ['src/features/a/y/island.ts'],
  'enter-by-index': ['src/features/a/y/deep.ts'],
  'features-do-not-wire': ['src/features/a/y/wires.ts'],
  'reports-read-entities': ['src/features/a/y/bad.report.ts'],
  'enter-by-index-from-outside': ['src/app.ts'],
  'sandbox-is-another-program': ['src/sandbox/bad.ts'],
  'nobody-knows-the-sandbox': ['src/wecom/client.ts'],
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'boundaries-'));
  for (const [file, text] of Object.entries(planted)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${text}\n`);
  }
  writeFileSync(join(folder, 'package.json'), '{"dependencies":{"typeorm":"*"},"devDependencies":{"fast-check":"*"}}');
  writeFileSync(join(folder, 'tsconfig.json'), '{"compilerOptions":{"module":"node20"}}');
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every rule of .dependency-cruiser.cjs catches what it is for, and nothing else', () => {
  const cruise = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = resolve('.dependency-cruiser.cjs');
  const args = [cruise, '--config', config, '--output-type', 'json', 'src', 'config', 'callbacks', 'test'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 });
  const { summary } = JSON.parse(stdout) as { summary: { violations: { rule: { name: string }; from: string }[] } };
  const found: Record<string, string[]> = {};
  for (const { rule, from } of summary.violations) {
    found[rule.name] = [...new Set([...(found[rule.name] ?? []), from])].sort();
  }
  expect(found).toEqual(broken);
});
