import { c } from './migration-dsl';

/** What every table of records begins with (`records/record.entity.ts`). */
export const recordColumns = () => ({
  ...{
    id: c.primary(c.id(36)),
    version: c.integer(),
    owner_id: c.nullable(c.id(36)),
    sealed: c.nullable(c.longText()),
  },
  ...{ created_at: c.instant(), created_by: c.id(80), updated_at: c.instant(), updated_by: c.id(80) },
  ...{ deleted_at: c.nullable(c.instant()), deleted_by: c.nullable(c.id(80)) },
});
