import { type LoaderFunctionArgs, redirect } from 'react-router';
import { asFault, type Fault, signIn } from '../../api';

export interface SignInResult {
  fault?: Fault;
}

/** Uses the link of the address once: a loader runs once per visit, a component may be drawn twice. */
export async function signInLoader({ request }: LoaderFunctionArgs): Promise<SignInResult | Response> {
  const { searchParams } = new URL(request.url);
  const token = searchParams.get('token');
  if (!token) return {};
  try {
    await signIn(token);
    return redirect(ownPath(searchParams.get('next')));
  } catch (thrown) {
    return { fault: asFault(thrown) };
  }
}

/** Only an address of this console is followed: `//elsewhere` and `https://elsewhere` are not. */
export const ownPath = (next: string | null): string => (next && /^\/(?![/\\])/.test(next) ? next : '/');
