import { randomBytes } from 'node:crypto';
import { type Clock, hours } from '../../core/clock';
import { type SandboxApp, type SandboxAppSettings, sandboxApps } from '../settings';
import { Refusal } from './fault';

const life = hours(2);
const remembered = 50;

interface Token {
  text: string;
  app: SandboxApp;
  expiresAt: number;
}

/** Access tokens: one per secret, the same one while it is valid, 7200 s by the sandbox clock. */
export class Tokens {
  readonly #current = new Map<SandboxApp, Token>();
  /** Also the ones that are over, to tell 42001 from 40014. */
  readonly #known = new Map<string, Token>();

  constructor(
    private readonly clock: Clock,
    private readonly corpId: string,
    private readonly apps: Record<SandboxApp, SandboxAppSettings>,
  ) {}

  /** @throws Refusal 41002, 41004, 40013, 40001 */
  issue(corpId: string, secret: string): Token {
    if (!corpId) throw new Refusal(41002, 'corpid missing', 'token');
    if (!secret) throw new Refusal(41004, 'corpsecret missing', 'token');
    if (corpId !== this.corpId) throw new Refusal(40013, 'invalid corpid', 'token');
    const app = sandboxApps.find((candidate) => this.apps[candidate].secret === secret);
    if (!app) throw new Refusal(40001, 'invalid credential', 'token');
    const current = this.#current.get(app);
    return current && current.expiresAt > this.clock.now().getTime() ? current : this.#make(app);
  }

  secondsLeft(token: Token): number {
    return Math.max(0, Math.floor((token.expiresAt - this.clock.now().getTime()) / 1000));
  }

  /** The app a token belongs to. @throws Refusal 41001, 40014, 42001 */
  check(text: string): SandboxApp {
    if (!text) throw new Refusal(41001, 'access_token missing', 'token');
    const token = this.#known.get(text);
    // Using a token that has expired or was taken away is no broken rule: the caller cannot know.
    if (!token) throw new Refusal(40014, 'invalid access_token');
    if (token.expiresAt <= this.clock.now().getTime()) throw new Refusal(42001, 'access_token expired');
    return token.app;
  }

  /** WeCom takes a token away early: the next `issue` gives another. `forget` makes it unknown (40014) instead of expired. */
  invalidate(app: SandboxApp, { forget = false } = {}): void {
    const token = this.#current.get(app);
    if (!token) return;
    token.expiresAt = 0;
    this.#current.delete(app);
    if (forget) this.#known.delete(token.text);
  }

  #make(app: SandboxApp): Token {
    const text = randomBytes(160).toString('base64url');
    const token = { text, app, expiresAt: this.clock.now().getTime() + life };
    this.#current.set(app, token);
    this.#known.set(text, token);
    const oldest = this.#known.keys().next().value;
    if (this.#known.size > remembered && oldest) this.#known.delete(oldest);
    return token;
  }
}
