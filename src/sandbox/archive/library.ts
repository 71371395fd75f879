import type { ArchiveLibrary } from '../../wecom/archive/library';
import { SdkFault, sdkCodes } from '../../wecom/archive/sdk-fault';
import { openMessage } from './cipher';

/** An answer's text and the errcode in it. */
interface Answer {
  text: string;
  fields: { errcode?: number; [name: string]: unknown };
}

/** A token that is no longer good, in either of WeCom's words. */
const tokenGone = [40014, 42001];

/**
 * What the vendor's library does, for the pretend company: it asks over HTTP and opens with our own cipher. Where the
 * library would give up after its time this one goes on waiting, as the vendor's was seen to do.
 */
export function openLibrary(apiBase: string): ArchiveLibrary {
  const ask = createAsker(`${apiBase.replace(/\/+$/, '')}/cgi-bin/`);
  return {
    init: async (corpId, secret) => ask.as(corpId, secret),

    async pull(seq, limit) {
      // A text, because the number is too long for most who read JSON.
      const { text, fields } = await ask.post('message/getchatdata', { seq: String(seq), limit });
      const { errcode = 0 } = fields;
      // Its own codes come as such; WeCom's come inside a call that succeeded.
      if (isOwn(errcode)) throw new SdkFault(errcode);
      return text;
    },

    decrypt(key, message) {
      const opened = openMessage(key, message);
      if (opened === undefined) throw new SdkFault(sdkCodes.decrypt);
      if (opened === 'poison') return die();
      return opened.plain;
    },

    async media(sdkfileid, indexbuf) {
      const { fields } = await ask.post('message/getchatmediadata', { sdkfileid, indexbuf });
      const { errcode = 0, data, outindexbuf, is_finish } = fields;
      if (errcode !== 0) throw new SdkFault(isOwn(errcode) ? errcode : sdkCodes.system);
      return { data: Buffer.from(String(data), 'base64'), index: String(outindexbuf), finished: is_finish === 1 };
    },
  };
}

const isOwn = (errcode: number): boolean => errcode >= sdkCodes.badArgument && errcode <= sdkCodes.tls;

/** What a message that crashes the library does to the process that opens it. */
function die(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new SdkFault(sdkCodes.decrypt);
}

/** Asks with a token of the secret; one that is no longer good is fetched again, once. */
function createAsker(root: string) {
  let credentials = new URLSearchParams();
  let token: string | undefined;

  async function fetchToken(): Promise<Answer> {
    const answer = await request(`${root}gettoken?${credentials}`);
    token = answer.fields.errcode === 0 ? String(answer.fields.access_token) : undefined;
    return answer;
  }

  const send = (path: string, body: object): Promise<Answer> =>
    request(`${root}${path}?access_token=${token}`, { method: 'POST', body: JSON.stringify(body) });

  return {
    as(corpid: string, corpsecret: string): void {
      credentials = new URLSearchParams({ corpid, corpsecret });
    },

    /** @returns also refusals, of the token as well. @throws SdkFault when there is no answer or none that can be read */
    async post(path: string, body: object): Promise<Answer> {
      const refused = token === undefined ? await fetchToken() : undefined;
      if (token === undefined && refused) return refused;
      const answer = await send(path, body);
      if (!tokenGone.includes(answer.fields.errcode ?? 0)) return answer;
      const again = await fetchToken();
      return token === undefined ? again : send(path, body);
    },
  };
}

async function request(url: string, init?: RequestInit): Promise<Answer> {
  const text = await fetch(url, init)
    .then((answer) => answer.text())
    .catch((error: unknown) => {
      throw new SdkFault(sdkCodes.network, `the pretend company does not answer: ${String(error)}`);
    });
  try {
    return { text, fields: JSON.parse(text) as Answer['fields'] };
  } catch {
    throw new SdkFault(sdkCodes.unreadable);
  }
}
