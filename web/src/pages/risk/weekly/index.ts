export { WeeklyPage as Component } from './weekly-page';
