import { Column, Entity, Index } from 'typeorm';
import { Id, LongText } from '../../../db/columns';
import { RecordBase } from '../../../records';

export const contactStates = ['active', 'left'] as const;

/** A person at a customer (F-CON). What is personal of them stands in `sealed`. */
@Entity('contact')
@Index('IDX_contact_updated', ['updated_at', 'id'])
@Index('IDX_contact_owner', ['owner_id', 'updated_at', 'id'])
@Index('IDX_contact_customer', ['customer_id', 'id'])
@Index('IDX_contact_name', ['name', 'id'])
@Index('IDX_contact_external', ['external_userid'])
export class Contact extends RecordBase {
  @Column({ type: 'varchar', length: 60 }) name!: string;
  @Id(36, { nullable: true }) customer_id!: string | null;
  /** One a customer. */
  @Column({ type: 'boolean', nullable: true }) is_primary!: boolean | null;
  @Id(64, { nullable: true }) external_userid!: string | null;
  @Id(32, { nullable: true }) kind!: string | null;
  @Id(8) status!: (typeof contactStates)[number];
  @Column({ type: 'varchar', length: 60, nullable: true }) title!: string | null;
  @Column({ type: 'varchar', length: 20, nullable: true }) salutation!: string | null;
  @Column({ type: 'varchar', length: 60, nullable: true }) department!: string | null;
  @Column({ type: 'varchar', length: 60, nullable: true }) office!: string | null;
  @Column({ type: 'varchar', length: 10, nullable: true }) postcode!: string | null;
  @Column({ type: 'varchar', length: 500, nullable: true }) homepage!: string | null;
  @LongText({ nullable: true }) remark!: string | null;
}
