export { HoldsPage as Component } from './holds-page';
