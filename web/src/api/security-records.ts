import { api } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];

export type SecurityRecord = Schemas['SecurityRecord'];
export type SecuritySources = Schemas['SecuritySources'];
export type SecuritySource = SecuritySources['sources'][number];
export type Deletions = NonNullable<SecuritySources['deletions']>;

/** How far each log was read. */
export const useSecuritySources = () =>
  api.useQuery('get', '/security-records/sources', {}, { refetchInterval: 60_000 });
