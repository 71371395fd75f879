export { AccessPage as Component } from './access-page';
