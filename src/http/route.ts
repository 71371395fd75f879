import { Readable } from 'node:stream';
import type { Context } from 'koa';
import { z } from 'zod';
import { type Bytes, sendBytes } from './bytes';
import { fieldFaults, httpError } from './errors';
import { isAllowed, type Permission, type Viewer } from './permissions';

type Schema = z.ZodType;
type Out<S> = S extends Schema ? z.output<S> : undefined;
export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/**
 * Asked of everybody; only of those who have an app to show one with; or only of people among those: for acts that give
 * an API token nothing it could not read already.
 */
export type FreshFactor = true | 'where_enrolled' | 'of_people';

/** A route is data: who may call it, what goes in, what comes out. OpenAPI and the permission matrix read it. */
export interface RouteSpec<P, Q, B, R> {
  /** The permission asked for; a route without one does not compile. */
  can: Permission;
  /** One sentence for the API page. */
  about: string;
  /** The act asks for a second factor of the last five minutes (S12); `stepUp` sees to it. API tokens never have one. */
  freshFactor?: FreshFactor;
  /** Obeys `Idempotency-Key` although it is done at once; whoever only starts something (202) always does. */
  once?: true;
  /** What comes is proven by a signature over its bytes: it rides on no cookie, and may come from anywhere. */
  signed?: true;
  params?: P;
  query?: Q;
  body?: B;
  returns: R;
  status?: 200 | 201 | 202 | 204 | 302;
}

export interface RouteInput<P, Q, B> {
  params: Out<P>;
  query: Out<Q>;
  body: Out<B>;
  /** Who asks. Present on every route whose permission is not `public`. */
  viewer: Viewer;
  ctx: Context;
}

export interface Route {
  method: Method;
  /** `/runs/:id`, below /api/v1 */
  path: string;
  spec: RouteSpec<Schema | undefined, Schema | undefined, Schema | undefined, Schema | 'stream' | 'lines' | 'bytes'>;
  handle(ctx: Context): Promise<void>;
}

export const get = define('get');
export const post = define('post');
export const put = define('put');
export const patch = define('patch');
export const del = define('delete');

function define(method: Method) {
  return <
    R extends Schema,
    P extends Schema | undefined = undefined,
    Q extends Schema | undefined = undefined,
    B extends Schema | undefined = undefined,
  >(
    path: string,
    spec: RouteSpec<P, Q, B, R>,
    handler: (input: RouteInput<P, Q, B>) => Promise<z.input<R>> | z.input<R>,
  ): Route => ({
    method,
    path,
    spec,
    async handle(ctx) {
      const input = readInput(ctx, spec);
      const result = await handler(input);
      ctx.status = spec.status ?? 200;
      ctx.body = spec.returns.parse(result) ?? null;
    },
  });
}

/** A route that a browser is sent on from: the handler says where to. */
export const redirect = <Q extends Schema | undefined = undefined>(
  path: string,
  spec: Omit<RouteSpec<undefined, Q, undefined, Schema>, 'returns' | 'status'>,
  handler: (input: RouteInput<undefined, Q, undefined>) => Promise<string>,
): Route => {
  const full = { ...spec, returns: z.null(), status: 302 } as const;
  return {
    method: 'get',
    path,
    spec: full,
    async handle(ctx) {
      ctx.redirect(await handler(readInput(ctx, full)));
    },
  };
};

/** A route that writes to the socket itself: server-sent events. */
export const stream = <P extends Schema | undefined = undefined, Q extends Schema | undefined = undefined>(
  path: string,
  spec: Omit<RouteSpec<P, Q, undefined, 'stream'>, 'returns'>,
  handler: (input: RouteInput<P, Q, undefined>) => Promise<void>,
): Route => ({
  method: 'get',
  path,
  spec: { ...spec, returns: 'stream' },
  async handle(ctx) {
    await handler(readInput(ctx, { ...spec, returns: z.void() }));
  },
});

/** What a download answers with. */
interface Download {
  /** As the browser keeps it. */
  name: string;
  lines: AsyncIterable<string>;
}

/** A route that answers with a file of lines, written while it is read. */
export const download = <P extends Schema | undefined = undefined>(
  path: string,
  spec: Omit<RouteSpec<P, undefined, undefined, 'lines'>, 'returns'>,
  handler: (input: RouteInput<P, undefined, undefined>) => Promise<Download>,
): Route => ({
  method: 'get',
  path,
  spec: { ...spec, returns: 'lines' },
  async handle(ctx) {
    const { name, lines } = await handler(readInput(ctx, { ...spec, returns: z.void() }));
    ctx.attachment(name);
    ctx.type = 'application/x-ndjson';
    ctx.body = Readable.from(withLineEnds(lines));
  },
});

/** A route that answers with a file, whole or the part that a Range header asks for. */
export const bytes = <P extends Schema | undefined = undefined, Q extends Schema | undefined = undefined>(
  path: string,
  spec: Omit<RouteSpec<P, Q, undefined, 'bytes'>, 'returns'>,
  handler: (input: RouteInput<P, Q, undefined>) => Promise<Bytes>,
): Route => ({
  method: 'get',
  path,
  spec: { ...spec, returns: 'bytes' },
  async handle(ctx) {
    await sendBytes(ctx, await handler(readInput(ctx, { ...spec, returns: z.void() })));
  },
});

/** A file as it is, to be kept and never shown in the page. */
interface Attachment {
  name: string;
  type: string;
  bytes: number;
  body: Readable;
}

/** A route that answers with a file of bytes, sent while it is read. */
export const attachment = <P extends Schema | undefined = undefined, Q extends Schema | undefined = undefined>(
  path: string,
  spec: Omit<RouteSpec<P, Q, undefined, 'bytes'>, 'returns'>,
  handler: (input: RouteInput<P, Q, undefined>) => Promise<Attachment>,
): Route => ({
  method: 'get',
  path,
  spec: { ...spec, returns: 'bytes' },
  async handle(ctx) {
    const { name, type, bytes, body } = await handler(readInput(ctx, { ...spec, returns: z.void() }));
    ctx.attachment(name);
    ctx.type = type;
    ctx.length = bytes;
    ctx.set('cache-control', 'no-store');
    ctx.body = body;
  },
});

async function* withLineEnds(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

/**
 * Checks the permission, then parses what came in.
 * @throws http.unauthorized, forbidden, step_up_required, bad_filter, validation
 */
function readInput<P, Q, B>(ctx: Context, spec: RouteSpec<P, Q, B, Schema>): RouteInput<P, Q, B> {
  const viewer = ctx.state.viewer as Viewer;
  if (!isAllowed(viewer, spec.can)) throw httpError(viewer ? 'forbidden' : 'unauthorized');
  // Served without `stepUp` such a route must not work at all.
  if (spec.freshFactor && ctx.state.freshFactor !== true) throw httpError('step_up_required');
  return {
    params: parse(spec.params, ctx.params, 'not_found') as Out<P>,
    query: parse(spec.query ?? z.strictObject({}), ctx.query, 'bad_filter') as Out<Q>,
    body: parse(spec.body, (ctx.request as { body?: unknown }).body, 'validation') as Out<B>,
    viewer,
    ctx,
  };
}

function parse(schema: unknown, value: unknown, fault: 'not_found' | 'bad_filter' | 'validation'): unknown {
  if (!(schema instanceof z.ZodType)) return undefined;
  const result = schema.safeParse(value ?? {}, { reportInput: true });
  if (result.success) return result.data;
  throw httpError(fault, fieldFaults(result.error));
}
