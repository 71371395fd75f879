import { Column, Entity, Index } from 'typeorm';
import { Id, Instant, LongText } from '../../../db/columns';
import { RecordBase } from '../../../records';

/** A company or a private person we sell to (F-CUS). What is sealed of it stands in `sealed`. */
@Entity('customer')
@Index('UQ_customer_code', ['code'], { unique: true })
@Index('IDX_customer_updated', ['updated_at', 'id'])
@Index('IDX_customer_owner', ['owner_id', 'updated_at', 'id'])
@Index('IDX_customer_name', ['name', 'id'])
export class Customer extends RecordBase {
  @Id(32) code!: string;
  @Column({ type: 'varchar', length: 200 }) name!: string;
  @Id(64, { nullable: true }) category_id!: string | null;
  @Id(32, { nullable: true }) industry!: string | null;
  @Id(32, { nullable: true }) nature!: string | null;
  @Id(6, { nullable: true }) region_code!: string | null;
  @LongText({ nullable: true }) address!: string | null;
  @Id(18, { nullable: true }) unified_social_credit_code!: string | null;
  @Column({ type: 'bigint', nullable: true }) registered_capital!: number | null;
  @Id(3, { nullable: true }) currency!: string | null;
  @Column({ type: 'varchar', length: 500, nullable: true }) homepage!: string | null;
  @LongText({ nullable: true }) profile!: string | null;
  @Id(32, { nullable: true }) value_tier!: string | null;
  @Id(32, { nullable: true }) source!: string | null;
  @Id(36, { nullable: true }) parent_customer_id!: string | null;
  @Instant({ nullable: true }) locked_at!: Date | null;
  @Instant({ nullable: true }) last_touch_at!: Date | null;
  @Instant({ nullable: true }) next_follow_up_at!: Date | null;
  @Column({ type: 'boolean', nullable: true }) do_not_contact!: boolean | null;
}
