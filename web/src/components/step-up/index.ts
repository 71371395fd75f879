export { CodeForm } from './code-form';
export { Enrolment } from './enrolment';
export { RecoveryCodes } from './recovery-codes';
export { StepUpDialog } from './step-up-dialog';
