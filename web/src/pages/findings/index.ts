export { FindingsPage as Component } from './findings-page';
