export { ConnectorsPage as Component } from './connectors-page';
