import type { SidebarSignatures } from '../api/sidebar';
import type { FailureCode } from './journey';

/** What an answer of WeCom's client may hold, by either of its two spellings. */
interface Answer {
  errMsg?: string;
  err_msg?: string;
  errCode?: number;
  entry?: string;
  userId?: string;
  chatId?: string;
}

/** The part of the JS-SDK that is used here. */
interface Wx {
  config(params: object): void;
  ready(listener: () => void): void;
  error(listener: (answer: Answer) => void): void;
  agentConfig(params: object): void;
  invoke(method: string, params: object, callback: (answer: Answer) => void): void;
}

declare global {
  interface Window {
    wx?: Wx;
  }
}

const methods = ['getContext', 'getCurExternalContact', 'getCurExternalChat'];
const patienceMs = 10_000;

/** Why a step ended: a code of ours, and what was said. */
export class Stop extends Error {
  constructor(
    readonly code: FailureCode,
    message = '',
  ) {
    super(message);
  }
}

/** The sandbox shows the page in a frame, which with a real company nobody may. */
export const isInClient = (): boolean => /wxwork/i.test(navigator.userAgent) || window.parent !== window;

/** One after another: a later script may stand on an earlier one. @throws Stop */
export async function loadSdk(scripts: readonly string[]): Promise<void> {
  for (const address of scripts) if (!isLoaded(address)) await load(address);
  if (!window.wx) throw new Stop('sdk_unreachable');
}

const isLoaded = (address: string): boolean =>
  Array.from(document.scripts).some(({ src, dataset }) => src === address && dataset.loaded === 'true');

const load = (address: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.onload = () => {
      script.dataset.loaded = 'true';
      resolve();
    };
    script.onerror = () => {
      script.remove();
      reject(new Stop('sdk_unreachable', address));
    };
    document.head.append(script);
  });

const signedBy = ({ timestamp, nonce_str, signature }: SidebarSignatures['corp']) => ({
  ...{ timestamp, nonceStr: nonce_str, signature },
  jsApiList: methods,
});

/** The company shows itself to the client. @throws Stop */
export const configure = ({ app_id, corp }: SidebarSignatures): Promise<void> =>
  answered((done, fail) => {
    const wx = sdk();
    wx.config({ beta: true, debug: false, appId: app_id, ...signedBy(corp) });
    // After a refusal `ready` is told as well: whichever comes first counts.
    wx.error(fail);
    wx.ready(done);
  });

/** The app shows itself to the client. @throws Stop */
export const configureAgent = ({ app_id, agent_id, agent }: SidebarSignatures): Promise<void> =>
  answered((success, fail) => {
    sdk().agentConfig({ corpid: app_id, agentid: agent_id, ...signedBy(agent), success, fail });
  });

/** Where in the client the page was opened. @throws Stop */
export const entryOf = async (): Promise<string> => (await invoke('getContext')).entry ?? '';

/** Whom the chat is with; undefined where it is with nobody outside. @throws Stop */
export async function subjectAt(entry: string) {
  if (entry === 'group_chat_tools') {
    const { chatId } = await invoke('getCurExternalChat');
    return chatId ? { chat_id: chatId } : undefined;
  }
  if (entry !== 'single_chat_tools' && entry !== 'contact_profile') return undefined;
  const { userId } = await invoke('getCurExternalContact');
  return userId ? { external_userid: userId } : undefined;
}

const invoke = (method: string): Promise<Answer> =>
  answered((done, fail) => {
    sdk().invoke(method, {}, (answer) => (/:ok$/.test(saidIn(answer)) ? done(answer) : fail(answer)));
  });

function sdk(): Wx {
  if (!window.wx) throw new Stop('sdk_unreachable');
  return window.wx;
}

/** A client that never answers is too old for what it was asked. */
const answered = <T>(ask: (done: (answer: T) => void, fail: (answer: Answer) => void) => void): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = window.setTimeout(() => reject(new Stop('old_client', 'no answer')), patienceMs);
    const settle =
      <A>(how: (answer: A) => void) =>
      (answer: A) => {
        window.clearTimeout(timer);
        how(answer);
      };
    ask(
      settle(resolve),
      settle((answer: Answer) => reject(new Stop(reasonOf(answer), saidIn(answer)))),
    );
  });

const saidIn = ({ errMsg, err_msg }: Answer): string => errMsg ?? err_msg ?? '';

/** By number where there is one; the words change between clients. */
const reasons: readonly [FailureCode, RegExp][] = [
  ['wrong_domain', /80001|85005|url domain/i],
  ['bad_signature', /40093|42012|91040|signature|ticket|40013/i],
  ['no_chat', /without context/i],
  ['no_permission', /48002|48001|permission|access.?denied/i],
  ['old_client', /not exist|not support|offline verifying/i],
];

function reasonOf(answer: Answer): FailureCode {
  const said = `${answer.errCode ?? ''} ${saidIn(answer)}`;
  return reasons.find(([, pattern]) => pattern.test(said))?.[0] ?? 'unknown';
}
