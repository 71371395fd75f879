export { SyncPage as Component } from './sync-page';
