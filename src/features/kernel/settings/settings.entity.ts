import { Entity } from 'typeorm';
import { Id, Instant, LongText, PrimaryId } from '../../../db/columns';

/** A setting that the environment leaves open and somebody set in the console. */
@Entity('setting')
export class Setting {
  @PrimaryId() name!: string;
  /** Sealed, whether secret or not. */
  @LongText() value!: string;
  @Instant() updated_at!: Date;
  /** As the audit trail names people. */
  @Id(80) updated_by!: string;
}
