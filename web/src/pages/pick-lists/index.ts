export { PickListsPage as Component } from './pick-lists-page';
