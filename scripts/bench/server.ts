import { freePort, runCli, ServerProcess } from '../lib/processes';

/** The real server under measurement, and a way to call its API. */
export interface MeasuredServer {
  pid: number;
  url: string;
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: object): Promise<T>;
  stop(): Promise<void>;
}

export async function startServer(settings: NodeJS.ProcessEnv): Promise<MeasuredServer> {
  const env = { ...settings, PORT: String(await freePort()) };
  const server = new ServerProcess(`http://127.0.0.1:${env.PORT}`, env);
  await server.start();
  let token: Promise<string> | undefined;
  const call = async <T>(path: string, init: RequestInit): Promise<T> => {
    // Only when it is needed: the control program takes what is being measured its processor.
    token ??= issueToken(env);
    const headers = { authorization: `Bearer ${await token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${server.url}/api/v1/${path}`, { ...init, headers });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  return {
    pid: server.pid,
    url: server.url,
    get: (path) => call(path, { method: 'GET' }),
    post: (path, body) => call(path, { method: 'POST', body: JSON.stringify(body) }),
    stop: async () => void (await server.kill()),
  };
}

async function issueToken(env: NodeJS.ProcessEnv): Promise<string> {
  const issued = await runCli(['token', 'issue', '--name', 'bench', '--role', 'sales_manager', '--json'], env);
  return JSON.parse(issued).token;
}
