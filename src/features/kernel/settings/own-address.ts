import type { Config } from '../../../../config';

export type OwnAddress = ReturnType<typeof createOwnAddress>;

/** Where people and WeCom reach this server: `PUBLIC_URL`, or, where nobody said, the address on this machine. */
export function createOwnAddress({ http: { publicUrl, host, port } }: Pick<Config, 'http'>) {
  const open = host === '0.0.0.0' || host === '::';
  const name = host.includes(':') ? `[${host}]` : host;
  let local = `http://${open ? 'localhost' : name}:${port}`;
  return {
    base: (): string => publicUrl ?? local,
    publicUrl,
    /** The address this process really listens on, where the port was left open. */
    servedAt(url: string): void {
      local = url;
    },
  };
}
