import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, c, createTable, index, unique } from '../migration-dsl';

/** Signing in through WeCom, or with password and second factor; how often somebody tried. */
export class SignIn1763769601300 implements MigrationInterface {
  name = 'SignIn1763769601300';

  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'session', 'method', c.nullable(c.text(16)));
    await addColumn(runner, 'session', 'roles', c.nullable(c.text(255)));
    await addColumn(runner, 'session', 'factor_at', c.nullable(c.instant()));
    await createTable(
      runner,
      'sign_in_state',
      {
        state_hash: c.primary(c.id()),
        browser_hash: c.id(),
        return_to: c.text(512),
        expires_at: c.instant(),
        used_at: c.nullable(c.instant()),
      },
      [index('IDX_sign_in_state_expires', 'expires_at')],
    );
    await createTable(
      runner,
      'sign_in_attempts',
      { bucket: c.primary(c.id(80)), failures: c.integer(), last_at: c.instant(), ends_at: c.instant() },
      [index('IDX_sign_in_attempts_ends', 'ends_at')],
    );
    await createTable(
      runner,
      'local_password',
      {
        account_id: c.primary(c.id(36)),
        name: c.text(128),
        name_key: c.id(64),
        hash: c.text(255),
        set_at: c.instant(),
      },
      [unique('UQ_local_password_name', 'name_key')],
    );
    await createTable(runner, 'totp_factor', {
      account_id: c.primary(c.id(36)),
      secret: c.nullable(c.longText()),
      pending: c.nullable(c.longText()),
      last_step: c.nullable(c.bigint()),
      confirmed_at: c.nullable(c.instant()),
    });
    await createTable(
      runner,
      'recovery_code',
      { code_hash: c.primary(c.id()), account_id: c.id(36), used_at: c.nullable(c.instant()) },
      [index('IDX_recovery_code_account', 'account_id')],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = ['recovery_code', 'totp_factor', 'local_password', 'sign_in_attempts', 'sign_in_state'];
    for (const table of tables) await runner.dropTable(table, true);
    for (const column of ['factor_at', 'roles', 'method']) await runner.dropColumn('session', column);
  }
}
