export { FindingPage as Component } from './finding-page';
