export { WordListsPage as Component } from './word-lists-page';
