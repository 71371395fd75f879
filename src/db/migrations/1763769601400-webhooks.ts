import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, index, unique } from '../migration-dsl';

/** Who is told what happens, and what was sent. */
export class Webhooks1763769601400 implements MigrationInterface {
  name = 'Webhooks1763769601400';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'webhook_subscription', {
      id: c.primary(c.id(36)),
      url: c.text(2048),
      description: c.text(255),
      event_types: c.text(1024),
      active: c.boolean(),
      secret: c.longText(),
      old_secret: c.nullable(c.longText()),
      old_secret_until: c.nullable(c.instant()),
      disabled_reason: c.nullable(c.text(16)),
      failing_since: c.nullable(c.instant()),
      delivered_at: c.nullable(c.instant()),
      created_by: c.id(80),
      created_at: c.instant(),
      updated_at: c.instant(),
      version: c.integer(),
    });
    await createTable(
      runner,
      'webhook_event',
      {
        id: c.primary(c.id(36)),
        type: c.text(64),
        occurred_at: c.instant(),
        created_at: c.instant(),
        payload: c.longText(),
      },
      [index('IDX_webhook_event_created', 'created_at')],
    );
    await deliveries(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = ['webhook_attempt', 'webhook_delivery', 'webhook_event', 'webhook_subscription'];
    for (const table of tables) await runner.dropTable(table, true);
  }
}

async function deliveries(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'webhook_delivery',
    {
      id: c.primary(c.id(36)),
      subscription_id: c.id(36),
      event_id: c.id(36),
      event_type: c.text(64),
      state: c.text(16),
      attempts: c.integer(),
      status: c.nullable(c.integer()),
      error: c.nullable(c.text(255)),
      next_at: c.nullable(c.instant()),
      finished_at: c.nullable(c.instant()),
      created_at: c.instant(),
    },
    [
      unique('UQ_webhook_delivery_event', 'subscription_id', 'event_id'),
      index('IDX_webhook_delivery_subscription', 'subscription_id', 'id'),
      index('IDX_webhook_delivery_created', 'created_at'),
    ],
  );
  await createTable(
    runner,
    'webhook_attempt',
    {
      id: c.counter(),
      delivery_id: c.id(36),
      at: c.instant(),
      status: c.nullable(c.integer()),
      duration_ms: c.integer(),
      error: c.nullable(c.text(255)),
      response: c.nullable(c.text(1024)),
    },
    [index('IDX_webhook_attempt_delivery', 'delivery_id', 'id')],
  );
}
