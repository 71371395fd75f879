import { get, post, type Route } from '../../../../http/route';
import { doctorReport } from './doctor.schema';
import type { Doctor } from './doctor.service';

export const doctorRoutes = ({ doctor }: { doctor: Doctor }): Route[] => [
  get(
    '/doctor',
    { can: 'settings:read', about: 'What is wrong with the installation, and what to click', returns: doctorReport },
    () => doctor.latest(),
  ),
  post('/doctor', { can: 'settings:test', about: 'Examine everything again', returns: doctorReport }, () =>
    doctor.examine(),
  ),
];
