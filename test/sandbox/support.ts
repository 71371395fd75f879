import {
  createSandbox,
  createSandboxClock,
  type Sandbox,
  type SandboxApp,
  type SandboxOptions,
} from '../../src/sandbox';

/** A small company whose clock stands still: every test can say what time it is. */
export const smallCompany = (options: SandboxOptions = {}): Sandbox =>
  createSandbox({
    staff: 12,
    externalContacts: 300,
    groupChats: 8,
    leavers: 1,
    messages: 0,
    seed: 7,
    clock: createSandboxClock({ frozenAt: new Date('2026-03-01T08:00:00Z') }),
    ...options,
  });

// biome-ignore lint/suspicious/noExplicitAny: answers are read field by field, as a client in another language would
export type Answer = Record<string, any>;

/** A client that knows nothing of the sandbox but its address. */
export function clientOf(sandbox: Sandbox) {
  const tokens = new Map<SandboxApp, string>();
  const json = async (path: string, init?: RequestInit): Promise<Answer> =>
    (await fetch(`${sandbox.url}/cgi-bin/${path}`, init)).json() as Promise<Answer>;
  const gettoken = (corpId: string, secret: string) => json(`gettoken?corpid=${corpId}&corpsecret=${secret}`);
  async function token(app: SandboxApp): Promise<string> {
    const known = tokens.get(app) ?? (await gettoken(sandbox.corpId, sandbox.secrets[app])).access_token;
    tokens.set(app, known);
    return known;
  }
  return {
    json,
    gettoken,
    forget: () => tokens.clear(),
    async get(path: string, query: Record<string, string> = {}, app: SandboxApp = 'agent'): Promise<Answer> {
      return json(`${path}?${new URLSearchParams({ access_token: await token(app), ...query })}`);
    },
    async post(path: string, body: object, app: SandboxApp = 'agent'): Promise<Answer> {
      return json(`${path}?access_token=${await token(app)}`, { method: 'POST', body: JSON.stringify(body) });
    },
  };
}

export type Client = ReturnType<typeof clientOf>;

/** Follows `next_cursor` to the end; `between` runs after each page. */
export async function walk(
  client: Client,
  path: string,
  { body, rows, between }: { body: object; rows: string; between?: (page: number) => void },
): Promise<Answer[]> {
  const all: Answer[] = [];
  let cursor = '';
  for (let page = 1; page <= 10_000; page += 1) {
    const answer = await client.post(path, { ...body, cursor });
    if (answer.errcode !== 0) throw new Error(`${path}: ${answer.errcode} ${answer.errmsg}`);
    all.push(...answer[rows]);
    cursor = answer.next_cursor ?? '';
    if (!cursor) return all;
    between?.(page);
  }
  throw new Error('The walk does not end');
}
