import { Entity, PrimaryColumn } from 'typeorm';
import { Instant } from '../../../db/columns';

/** Between which times the messages of a window (windows.ts) were sent. */
@Entity('archive_window')
export class ArchiveWindow {
  @PrimaryColumn({ type: 'integer' }) id!: number;
  @Instant() first_sent_at!: Date;
  @Instant() last_sent_at!: Date;
}
