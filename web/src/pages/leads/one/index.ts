export { LeadPage as Component } from './lead-page';
