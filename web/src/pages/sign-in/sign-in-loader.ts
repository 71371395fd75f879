import { type LoaderFunctionArgs, redirect } from 'react-router';
import { asFault, type Fault, signIn } from '../../api';

export interface SignInResult {
  fault?: Fault;
  /** Of a link that works, and asks for a code as well. */
  token?: string;
}

/** Uses the link of the address once: a loader runs once per visit, a component may be drawn twice. */
export async function signInLoader({ request }: LoaderFunctionArgs): Promise<SignInResult | Response> {
  const token = takeToken();
  if (!token) return {};
  try {
    await signIn({ token });
    return redirect(ownPath(new URL(request.url).searchParams.get('next')));
  } catch (thrown) {
    const fault = asFault(thrown);
    return fault.code === 'ACCESS_CODE_REQUIRED' ? { token } : { fault };
  }
}

/** The token stands behind `#`, which no server is told, and leaves the address before anybody looks over the shoulder. */
function takeToken(): string | null {
  const { hash, pathname, search } = window.location;
  const token = new URLSearchParams(hash.slice(1)).get('token');
  if (token) window.history.replaceState(window.history.state, '', pathname + search);
  return token;
}

/** Only an address of this console is followed: `//elsewhere` and `https://elsewhere` are not. */
export const ownPath = (next: string | null): string => (next && /^\/(?![/\\])/.test(next) ? next : '/');
