export { RulesPage as Component } from './rules-page';
