export { PlansPage as Component } from './plans-page';
