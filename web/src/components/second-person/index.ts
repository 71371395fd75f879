export { SecondPersonDialog } from './second-person-dialog';
