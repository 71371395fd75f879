export { SupervisionPage as Component } from './supervision-page';
