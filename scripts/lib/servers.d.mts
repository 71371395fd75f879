/** A private server of a test, drill or benchmark. */
export interface PrivateServer {
  name: string;
  url: string;
  port: number;
  /** Where its data and its log are. */
  dir: string;
  /** Ends the process and keeps the data, like a failure. Default: SIGKILL. */
  halt(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same port and data, after `halt`. */
  resume(): Promise<void>;
  /** Sends a signal without waiting: SIGSTOP and SIGCONT make it slow. */
  signal(signal: NodeJS.Signals): void;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

/** `url` is `mysql://t:t@127.0.0.1:<port>/`: add a database name, which the account may create. */
export function startMariadb(options?: { args?: string[] }): Promise<PrivateServer>;
export function startRedis(): Promise<PrivateServer>;
