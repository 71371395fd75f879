import { create } from 'zustand';
import { faultOf } from './fault';
import { sendTwice } from './renewed-session';

/** `code`: one of the app in use. `enrol`: there is no app yet, so one is set up first. */
export type StepUpNeed = 'code' | 'enrol';

const needs: Readonly<Record<string, StepUpNeed>> = { STEP_UP_REQUIRED: 'code', SECOND_FACTOR_MISSING: 'enrol' };

interface Waiting {
  need: StepUpNeed;
  /** True: the factor was shown, and the call is repeated. */
  done(shown: boolean): void;
}

/** What the dialog of the frame is asked for; undefined when nothing waits for it. */
export const useStepUp = create<{ waiting: Waiting | undefined }>()(() => ({ waiting: undefined }));

let asked: Promise<boolean> | undefined;

/** Calls that are refused at the same time wait for one code. */
function ask(need: StepUpNeed): Promise<boolean> {
  asked ??= new Promise<boolean>((resolve) => {
    const done = (shown: boolean) => {
      asked = undefined;
      useStepUp.setState({ waiting: undefined });
      resolve(shown);
    };
    useStepUp.setState({ waiting: { need, done } });
  });
  return asked;
}

/** Sends a request; where the server asks for a second factor, the reader is asked and the request sent again (S12). */
export async function sendWithStepUp(request: Request): Promise<Response> {
  if (request.method === 'GET') return sendTwice(request);
  const again = request.clone();
  const response = await fetch(request);
  if (response.status !== 403) return response;
  const need = needs[(await faultOf(response.clone())).code];
  return need && (await ask(need)) ? fetch(again) : response;
}
