import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, index, unique } from '../migration-dsl';
import { recordColumns } from '../record-columns';

/** Customers, contacts, leads. */
export class Party1764000004000 implements MigrationInterface {
  name = 'Party1764000004000';

  async up(runner: QueryRunner): Promise<void> {
    await customers(runner);
    await contacts(runner);
    await leads(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['lead_touch', 'sales_lead', 'contact', 'customer']) await runner.dropTable(table, true);
  }
}

const customers = (runner: QueryRunner): Promise<void> =>
  createTable(
    runner,
    'customer',
    {
      ...recordColumns(),
      ...{ code: c.id(32), name: c.text(200), category_id: c.nullable(c.id(64)), industry: c.nullable(c.id(32)) },
      ...{ nature: c.nullable(c.id(32)), region_code: c.nullable(c.id(6)), address: c.nullable(c.longText()) },
      ...{ unified_social_credit_code: c.nullable(c.id(18)), registered_capital: c.nullable(c.bigint()) },
      ...{ currency: c.nullable(c.id(3)), homepage: c.nullable(c.text(500)), profile: c.nullable(c.longText()) },
      ...{ value_tier: c.nullable(c.id(32)), source: c.nullable(c.id(32)), parent_customer_id: c.nullable(c.id(36)) },
      ...{ locked_at: c.nullable(c.instant()), last_touch_at: c.nullable(c.instant()) },
      ...{ next_follow_up_at: c.nullable(c.instant()), do_not_contact: c.nullable(c.boolean()) },
    },
    [
      unique('UQ_customer_code', 'code'),
      index('IDX_customer_updated', 'updated_at', 'id'),
      index('IDX_customer_owner', 'owner_id', 'updated_at', 'id'),
      index('IDX_customer_name', 'name', 'id'),
    ],
  );

const contacts = (runner: QueryRunner): Promise<void> =>
  createTable(
    runner,
    'contact',
    {
      ...recordColumns(),
      ...{ name: c.text(60), customer_id: c.nullable(c.id(36)), is_primary: c.nullable(c.boolean()) },
      ...{ external_userid: c.nullable(c.id(64)), kind: c.nullable(c.id(32)), status: c.id(8) },
      ...{ title: c.nullable(c.text(60)), salutation: c.nullable(c.text(20)), department: c.nullable(c.text(60)) },
      ...{ office: c.nullable(c.text(60)), postcode: c.nullable(c.text(10)), homepage: c.nullable(c.text(500)) },
      ...{ remark: c.nullable(c.longText()) },
    },
    [
      index('IDX_contact_updated', 'updated_at', 'id'),
      index('IDX_contact_owner', 'owner_id', 'updated_at', 'id'),
      index('IDX_contact_customer', 'customer_id', 'id'),
      index('IDX_contact_name', 'name', 'id'),
      index('IDX_contact_external', 'external_userid'),
    ],
  );

async function leads(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'sales_lead',
    {
      ...recordColumns(),
      ...{ code: c.id(32), name: c.text(200), company: c.nullable(c.text(200)), contact_name: c.nullable(c.text(60)) },
      ...{ status: c.id(16), external_userid: c.nullable(c.id(64)), source: c.nullable(c.id(32)) },
      ...{ state_code: c.nullable(c.text(128)), need: c.nullable(c.longText()), industry: c.nullable(c.id(32)) },
      ...{ region_code: c.nullable(c.id(6)), estimated_amount: c.nullable(c.bigint()), currency: c.nullable(c.id(3)) },
      ...{ product_interest: c.nullable(c.text(200)), remark: c.nullable(c.longText()) },
      ...{ next_follow_up_at: c.nullable(c.instant()), last_touch_at: c.nullable(c.instant()) },
      ...{ first_response_at: c.nullable(c.instant()), stage_since: c.instant() },
      ...{ closing_reason: c.nullable(c.id(200)), checklist: c.nullable(c.longText()) },
      ...{ converted_customer_id: c.nullable(c.id(36)), converted_contact_id: c.nullable(c.id(36)) },
    },
    [
      unique('UQ_lead_code', 'code'),
      index('IDX_lead_updated', 'updated_at', 'id'),
      index('IDX_lead_owner', 'owner_id', 'updated_at', 'id'),
      index('IDX_lead_status', 'status', 'updated_at', 'id'),
      index('IDX_lead_external', 'external_userid'),
    ],
  );
  await createTable(
    runner,
    'lead_touch',
    {
      ...{ id: c.counter(), lead_id: c.id(36), kind: c.id(16), at: c.instant(), actor: c.id(80) },
      ...{ note: c.nullable(c.longText()), touch_key: c.nullable(c.id(200)) },
    },
    [index('IDX_lead_touch_lead', 'lead_id', 'id'), unique('UQ_lead_touch_key', 'touch_key')],
  );
}
