export { DeparturePage as Component } from './departure-page';
