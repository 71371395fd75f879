export { ExportsPage as Component } from './exports-page';
