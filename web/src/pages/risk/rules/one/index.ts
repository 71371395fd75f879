export { RulePage as Component } from './rule-page';
