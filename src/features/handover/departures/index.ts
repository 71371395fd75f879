import type { Entities } from '../../../db/data-source';
import { Departure } from './departure.entity';
import { departureRoutes } from './departures.routes';

export const departuresFeature = {
  name: 'departures',
  entities: [Departure] as Entities,
  routes: departureRoutes,
};
export { createDepartures, type Departures } from './departures.service';
export type { HandoverSubject } from './subjects';
export { departuresJob } from './sweep';
