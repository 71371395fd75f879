import { Refusal } from '../http/fault';
import type { Endpoints } from './endpoint';

export const signInEndpoints: Endpoints = {
  'auth/getuserinfo': {
    method: 'GET',
    apps: ['agent'],
    answer(given, company) {
      const visitor = company.signIns.take(given.required('code'));
      // Whoever comes back with a code that is used up broke no rule: people reload pages.
      if (!visitor) throw new Refusal(40029, 'invalid code');
      return visitor;
    },
  },
};
