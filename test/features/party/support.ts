import type { Answer, Json, SystemAtTest } from '../../support/system';

/** Somebody with a token of their own. */
export interface Caller {
  userid: string | undefined;
  call(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Answer>;
  get(path: string): Promise<Answer>;
  post(path: string, body?: object): Promise<Answer>;
  patch(path: string, body: object): Promise<Answer>;
  del(path: string): Promise<Answer>;
  /** The ids of a list. */
  ids(path: string): Promise<string[]>;
  /** A record that is made, or the test ends. */
  made(path: string, body: object): Promise<Json>;
}

export async function caller({ system }: SystemAtTest, roles: string[], userid?: string): Promise<Caller> {
  const named = { name: userid ?? roles.join(), roles: roles as never, ...(userid ? { userid } : {}) };
  const { token } = await system.services.access.issueToken(named);
  async function call(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
    const json = body ? { 'content-type': 'application/json' } : {};
    const answer = await fetch(`${system.url}/api/v1/${path}`, {
      ...{ method, headers: { connection: 'close', authorization: `Bearer ${token}`, ...json, ...headers } },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text ? JSON.parse(text) : null) as Json };
  }
  const get = (path: string) => call('GET', path);
  const post = (path: string, body: object = {}) => call('POST', path, body);
  return {
    ...{ userid, call, get, post },
    patch: (path, body) => call('PATCH', path, body),
    del: (path) => call('DELETE', path),
    async ids(path) {
      const { status, body } = await get(path);
      if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
      return body.items.map((item: Json) => String(item.id));
    },
    async made(path, body) {
      const answer = await post(path, body);
      if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
  };
}

export type Tree = Record<'wang' | 'li' | 'zhao' | 'chen' | 'sun' | 'qian' | 'wu', Caller>;

/** 总部 (Wang) › 华东 (Li) › 一组 (Zhao: Chen, Sun), 二组 (Qian: Wu), as in crm-features §4.6; in no line but these. */
export async function tree(at: SystemAtTest): Promise<Tree> {
  const names = ['wang', 'li', 'zhao', 'chen', 'sun', 'qian', 'wu'] as const;
  for (const name of names) at.sandbox.control.hireStaff({ userid: `t_${name}`, name });
  await at.syncAll('directory');
  await at.settled();
  const security = await caller(at, ['security_admin']);
  const above: [string, string][] = [
    ...[['wang', 'li'] as const, ['li', 'zhao'] as const, ['li', 'qian'] as const],
    ...[['zhao', 'chen'] as const, ['zhao', 'sun'] as const, ['qian', 'wu'] as const],
  ].map(([one, other]) => [one, other]);
  for (const [superior, userid] of above) {
    const { status, body } = await security.post('reporting-edges', {
      superior: `t_${superior}`,
      userid: `t_${userid}`,
    });
    if (status !== 201) throw new Error(JSON.stringify(body));
  }
  await at.settled();
  const leaders = new Set(['wang', 'li', 'zhao', 'qian']);
  const made = await Promise.all(
    names.map(
      async (name): Promise<[string, Caller]> => [
        name,
        await caller(at, [leaders.has(name) ? 'sales_manager' : 'sales'], `t_${name}`),
      ],
    ),
  );
  return Object.fromEntries(made) as Tree;
}
