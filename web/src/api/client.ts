import createFetchClient from 'openapi-fetch';
import createQueryClient from 'openapi-react-query';
import { faultOf, networkFault } from './fault';
import type { paths } from './schema';
import { offerSecondPerson } from './second-person';
import { sendWithStepUp } from './step-up';

/** The one way to the server. Every failure is thrown as a `Fault`; use `api` in components. */
export const client = createFetchClient<paths>({
  baseUrl: '/api/v1',
  credentials: 'same-origin',
  // Demanded of every request that rides on a cookie: other sites cannot send it.
  headers: { 'X-Requested-With': 'scrm' },
  fetch: sendWithStepUp,
});

client.use({
  async onResponse({ response }) {
    if (response.ok) return;
    const fault = await faultOf(response);
    offerSecondPerson(fault);
    throw fault;
  },
  onError({ error }) {
    return error instanceof DOMException && error.name === 'AbortError' ? error : networkFault();
  },
});

/** Typed hooks over the contract: `api.useQuery('get', '/overview')`, `api.useMutation('post', '/sync-runs')`. */
export const api = createQueryClient(client);
