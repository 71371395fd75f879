import { Entity, PrimaryColumn } from 'typeorm';
import { Id, Instant, LongText } from '../../../db/columns';

/** When the company works, as it was once said. The newest counts. Never changed. */
@Entity('working_calendar_version')
export class WorkingCalendarVersion {
  /** 1, 2, 3 … */
  @PrimaryColumn({ type: 'int' }) version!: number;
  /** JSON: hours of the weekdays and of made-up days, and days of the company itself. */
  @LongText() rules!: string;
  @Instant() changed_at!: Date;
  /** As the audit trail names people. */
  @Id(80) changed_by!: string;
}
