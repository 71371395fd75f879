import { Entity, Index } from 'typeorm';
import { Counter, Id, Instant, LongText, PrimaryId } from '../../../db/columns';

/** A program that sees devices (an MDM, an agent) and signs what it reports. It is disabled, never removed: reports name it. */
@Entity('device_connector')
@Index('UQ_device_connector_name', ['name'], { unique: true })
export class DeviceConnector {
  @PrimaryId(36) id!: string;
  @Id(32) name!: string;
  /** Ed25519, 32 bytes in base64. */
  @Id(44) public_key!: string;
  @Id(80) created_by!: string;
  @Instant() created_at!: Date;
  @Id(80, { nullable: true }) disabled_by!: string | null;
  @Instant({ nullable: true }) disabled_at!: Date | null;
}

/** What a connector reported, to the byte, with its signature. Never changed. */
@Entity('device_report')
@Index('UQ_device_report_nonce', ['connector_id', 'nonce'], { unique: true })
export class DeviceReport {
  @Counter() id!: number | string;
  @Id(36) connector_id!: string;
  /** Told twice, it is refused. */
  @Id(64) nonce!: string;
  @LongText() body!: string;
  @Id(128) signature!: string;
  @Instant() received_at!: Date;
}
