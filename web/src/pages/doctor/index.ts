export { DoctorPage as Component } from './doctor-page';
