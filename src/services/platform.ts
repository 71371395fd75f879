import type { Config } from '../../config';
import type { Clock } from '../core/clock';
import type { Logger } from '../core/logger';
import type { Mailer } from '../core/mail';
import type { ObjectStore } from '../core/object-store';
import type { Outbound } from '../core/outbound';
import type { Vault } from '../core/vault';
import type { Database } from '../db/database';
import type { Health } from '../http/health';
import type { Pay } from '../pay';
import type { Wecom } from '../wecom';

/** What every service may stand on. */
export interface Platform {
  config: Config;
  db: Database;
  vault: Vault;
  clock: Clock;
  logger: Logger;
  wecom: Wecom;
  pay: Pay;
  /** The way to addresses that people named. */
  outbound: Outbound;
  /** None without SMTP_URL. */
  mailer: Mailer | undefined;
  /** None without S3_URL. */
  objects: ObjectStore | undefined;
  health: Health;
}
