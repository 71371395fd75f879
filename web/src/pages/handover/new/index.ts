export { NewPage as Component } from './new-page';
