import type { Entities } from '../../../db/data-source';
import { Lead, LeadTouch } from './lead.entity';
import { leadRoutes } from './leads.routes';

export { createLeads, type Leads } from './leads.service';
export { createWecomIntake, type WecomIntake } from './wecom-intake';

export const leadsFeature = {
  name: 'leads',
  entities: [Lead, LeadTouch] as Entities,
  routes: leadRoutes,
};
