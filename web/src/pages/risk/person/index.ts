export { PersonPage as Component } from './person-page';
