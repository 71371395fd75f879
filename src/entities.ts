import type { Entities } from './db/data-source';
import { DataKey, Deployment, PersonalKey } from './db/deployment.entity';
import { features } from './features';
import { IdempotencyKey } from './http/idempotency.entity';
import { jobEntities } from './jobs';
import { recordEntities } from './records';
import { wecomEntities } from './wecom';

/** Every table of the product. */
export const allEntities: Entities = [
  Deployment,
  DataKey,
  PersonalKey,
  IdempotencyKey,
  ...jobEntities,
  ...recordEntities,
  ...wecomEntities,
  ...features.flatMap((feature) => feature.entities),
];
