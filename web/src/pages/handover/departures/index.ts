export { DeparturesPage as Component } from './departures-page';
