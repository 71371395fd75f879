export { HandoverPage as Component } from './handover-page';
