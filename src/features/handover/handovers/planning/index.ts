export { handKeys, plan } from './plan';
export {
  type Because,
  type Choice,
  type Context,
  distributions,
  type Giver,
  type Mover,
  type Preference,
  preferences,
  type Rule,
  type Successor,
  type Warning,
} from './types';
export { rewarned } from './warnings';
