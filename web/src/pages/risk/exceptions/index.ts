export { ExceptionsPage as Component } from './exceptions-page';
