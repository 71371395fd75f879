import { createHash, randomBytes } from 'node:crypto';
import { toUnix } from '../../src/core/clock';
import { eventXml, externalContactEvent } from '../../src/sandbox/callbacks/events';
import { renderXml } from '../../src/sandbox/callbacks/xml';
import { sandboxSettings } from '../../src/sandbox/settings';
import { createCallbackCrypto } from '../../src/wecom/crypto';

export interface Pair {
  userid: string;
  external_userid: string;
}

/** A callback before it is encrypted. */
export interface Callback {
  plaintext: string;
  /** Under which the inbox keeps it. */
  digest: string;
}

/** A callback on the wire: encrypted and signed. */
export interface SealedCallback {
  path: string;
  body: string;
}

const receiver = 'agent';
const { corpId, agentId } = sandboxSettings;
const crypto = createCallbackCrypto({
  token: sandboxSettings.agent.callbackToken,
  aesKey: sandboxSettings.agent.callbackAesKey,
  receiveId: corpId,
});

/** The change type of what `createCallbacks` makes, and the kind of history each leaves exactly once. */
export const drillEvent = { changeType: 'msg_audit_approved', history: 'archive_consented' };

/**
 * Distinct events about known pairs, one after the other. Their effect is appended without looking whether it is there
 * already, so that a callback which is handled twice shows.
 */
export function createCallbacks(pairs: readonly Pair[]): () => Callback {
  let number = 0;
  return () => {
    const pair = pairs[number % pairs.length];
    if (!pair) throw new Error('no pairs');
    number += 1;
    const plaintext = eventXml({ corpId, createTime: toUnix(new Date()) }, [
      ...externalContactEvent('msg_audit_approved', pair),
      ['Number', number],
    ]);
    return { plaintext, digest: createHash('sha256').update(`${receiver}\n${plaintext}`).digest('base64url') };
  };
}

/** As WeCom sends it: other ciphertext at every try. */
export function seal(plaintext: string): SealedCallback {
  const timestamp = String(toUnix(new Date()));
  const nonce = String(randomBytes(5).readUIntBE(0, 5));
  const encrypt = crypto.encrypt(plaintext);
  const signature = crypto.sign({ timestamp, nonce, encrypt });
  const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce });
  const body = renderXml([
    ['ToUserName', corpId],
    ['AgentID', String(agentId)],
    ['Encrypt', encrypt],
  ]);
  return { path: `/callbacks/wecom/${receiver}?${query}`, body };
}
