export { LogsPage as Component } from './logs-page';
