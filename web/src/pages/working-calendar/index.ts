export { WorkingCalendarPage as Component } from './working-calendar-page';
