import { api } from './client';
import { onceOnly } from './query-client';
import type { components } from './schema';

type Schemas = components['schemas'];

export type Detector = Schemas['Detector'];
export type RiskCoverage = Schemas['RiskCoverage'];
export type PersonRisk = Schemas['PersonRisk'];
export type CustomerRisk = Schemas['CustomerRisk'];
export type PersonRiskProfile = Schemas['PersonRiskProfile'];
export type WeeklyRiskReport = Schemas['WeeklyRiskReport'];
export type DetectorException = Schemas['DetectorException'];
export type BySeverity = PersonRisk['by_severity'];

/** How each detector does, and how much can be seen. */
export const useDetectors = () => api.useQuery('get', '/detectors', {}, { refetchInterval: 60_000 });

/** How one of the staff stands. Every look is recorded. */
export const usePersonRisk = (userid: string) =>
  api.useQuery('get', '/risk/people/{userid}', { params: { path: { userid } } }, onceOnly);
