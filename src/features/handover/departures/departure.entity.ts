import { Column, Entity, Index } from 'typeorm';
import { Id, Instant, PrimaryId } from '../../../db/columns';
import type { DepartureNoticed } from '../../kernel/events';

/** planned: they serve yet · left · returned: they serve again · called_off before they left */
export const departureStates = ['planned', 'left', 'returned', 'called_off'] as const;
export type DepartureState = (typeof departureStates)[number];

/** One departure of a staff member. Whoever comes back and leaves again has two. */
@Entity('departure')
@Index('UQ_departure_open', ['open_key'], { unique: true })
@Index('IDX_departure_staff', ['staff_id', 'id'])
@Index('IDX_departure_state', ['state', 'id'])
export class Departure {
  @PrimaryId(36) id!: string;
  @Id(36) staff_id!: string;
  /** The staff member while it is planned or they are gone: nobody leaves twice at once. */
  @Id(36, { nullable: true }) open_key!: string | null;
  @Id(16) state!: DepartureState;
  /** The last working day, as somebody planned it. */
  @Id(10, { nullable: true }) last_day!: string | null;
  /** null while planned, and where nobody can tell. */
  @Instant({ nullable: true }) departed_at!: Date | null;
  /** `admin`: somebody planned it, and they have not left yet. */
  @Id(16) noticed_by!: DepartureNoticed | 'admin';
  @Column({ type: 'varchar', length: 500, nullable: true }) note!: string | null;
  /** `account:<id>` or `token:<id>`; `system` when nobody planned it. */
  @Id(80) created_by!: string;
  @Column({ type: 'int' }) version!: number;
  @Instant() created_at!: Date;
  @Instant() updated_at!: Date;
}
