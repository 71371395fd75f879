export { RepliesPage as Component } from './replies-page';
