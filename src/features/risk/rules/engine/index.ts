export { compileRules, compileRulesSlowly } from './compile';
export { checkPattern, PatternFault } from './patterns';
export { qrClassOf } from './qr';
export {
  type CompilableRule,
  type IdentifierClass,
  identifierClasses,
  type Matcher,
  type Part,
  type QrClass,
  qrClasses,
  type RuleHit,
  type Subject,
} from './types';
