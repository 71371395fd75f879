import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, c, createTable, unique } from '../migration-dsl';

/** Whose account an identity at the provider is, and which way a browser is on. */
export class SingleSignOn1763769602150 implements MigrationInterface {
  name = 'SingleSignOn1763769602150';

  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'sign_in_state', 'way', c.nullable(c.id(16)));
    await addColumn(runner, 'sign_in_state', 'account_id', c.nullable(c.id(36)));
    await createTable(
      runner,
      'oidc_identity',
      { account_id: c.primary(c.id(36)), issuer: c.text(255), identity_hash: c.id(), connected_at: c.instant() },
      [unique('UQ_oidc_identity_hash', 'identity_hash')],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('oidc_identity', true);
    for (const column of ['account_id', 'way']) await runner.dropColumn('sign_in_state', column);
  }
}
