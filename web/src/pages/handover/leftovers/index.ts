export { LeftoversPage as Component } from './leftovers-page';
