import { ExternalContact, Relation, RelationHistory, RelationPhone, RelationTag } from './external-contacts.entity';
import { externalContactRoutes } from './external-contacts.routes';

export const externalContactsFeature = {
  name: 'external-contacts',
  entities: [ExternalContact, Relation, RelationPhone, RelationTag, RelationHistory],
  routes: externalContactRoutes,
};
export { createExposure, type Exposure } from './exposure';
export type { ExternalContact, FactSource, Relation } from './external-contacts.entity';
export { createExternalContactService, type ExternalContactService } from './external-contacts.service';
export { createExternalContactViews, type ExternalContactViews } from './external-contacts.views';
export type { Observed, Origin } from './observation';
export { createReveal, type Reveal } from './reveal';
