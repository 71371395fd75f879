import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type SandboxApp, sandboxApps, sandboxSettings } from '../../src/sandbox';
import { createCallbackCrypto } from '../../src/wecom/crypto';
import { parseXml } from '../../src/wecom/xml';

export type Receiver = ReturnType<typeof createReceiver>;

/** Listens as the product does: checks the signature, decrypts, and answers as `state` says. */
export function createReceiver() {
  const heard: { receiver: SandboxApp; xml: string }[] = [];
  const refused: string[] = [];
  const state: { answer: 'hang up' | number } = { answer: 200 };
  const server = createServer((request, response) => void handle(request, response));

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    if (state.answer === 'hang up') {
      refused.push('hang up');
      request.socket.destroy();
      return;
    }
    const url = new URL(request.url ?? '', 'http://receiver');
    try {
      if (request.method === 'GET') response.end(open(url, url.searchParams.get('echostr') ?? ''));
      else accept(url, body, response);
    } catch {
      refused.push('signature');
      response.writeHead(403).end();
    }
  }

  function accept(url: URL, body: string, response: ServerResponse): void {
    const xml = open(url, String(parseXml(body).Encrypt));
    if (state.answer === 200) heard.push({ receiver: appOf(url), xml });
    response.writeHead(Number(state.answer)).end();
  }

  return {
    heard,
    refused,
    state,
    listen: () =>
      new Promise<string>((resolve) => {
        server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
      }),
    close(): void {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

function appOf(url: URL): SandboxApp {
  const app = sandboxApps.find((candidate) => url.pathname === `/callbacks/wecom/${candidate}`);
  if (!app) throw new Error(`No receiver at ${url.pathname}`);
  return app;
}

/** @throws when the signature or the encryption is not right for this receiver */
function open(url: URL, encrypt: string): string {
  const { callbackToken: token, callbackAesKey: aesKey } = sandboxSettings[appOf(url)];
  const crypto = createCallbackCrypto({ token, aesKey, receiveId: sandboxSettings.corpId });
  const value = (name: string): string => url.searchParams.get(name) ?? '';
  crypto.verify({ timestamp: value('timestamp'), nonce: value('nonce'), signature: value('msg_signature'), encrypt });
  return crypto.decrypt(encrypt);
}
