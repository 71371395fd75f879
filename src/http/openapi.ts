import { OpenAPIRegistry, OpenApiGeneratorV31, type RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { isIdempotent } from './idempotency';
import type { Route } from './route';
import './schema';

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    code: z.string(),
    fields: z.array(z.object({ path: z.string(), rule: z.string(), message: z.string() })),
    trace_id: z.string(),
  })
  .openapi('Problem');

/** The OpenAPI 3.1 document of the given routes. */
export function createOpenApi(routes: Route[]): object {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  registry.registerComponent('securitySchemes', 'session', { type: 'apiKey', in: 'cookie', name: 'scrm_session' });
  for (const route of routes) registry.registerPath(describe(route));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'WeCom SCRM', version: '1', description: 'The JSON API under /api/v1.' },
    servers: [{ url: '/api/v1' }],
  });
}

const onceHeader = z.object({
  'idempotency-key': z
    .string()
    .max(200)
    .optional()
    .openapi({ description: 'sent again with the same key within a day, the request gets the first answer' }),
});

function describe(route: Route): RouteConfig {
  const { method, path, spec } = route;
  const { params, query, body, returns, status = 200 } = spec;
  return {
    method,
    path: path.replace(/:(\w+)/g, '{$1}'),
    operationId: operationId(method, path),
    summary: spec.about,
    'x-permission': spec.can,
    ...(spec.freshFactor ? { 'x-fresh-factor': true } : {}),
    security: spec.can === 'public' ? [] : [{ bearer: [] }, { session: [] }],
    request: {
      ...(params instanceof z.ZodObject ? { params } : {}),
      ...(query instanceof z.ZodObject ? { query } : {}),
      ...(isIdempotent(route) ? { headers: onceHeader } : {}),
      ...(body ? { body: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    },
    responses: {
      [status]: {
        description: 'Done',
        content: status === 302 ? {} : contentOf(returns),
      },
      default: { description: 'A fault', content: { 'application/problem+json': { schema: problem } } },
    },
  };
}

function contentOf(returns: Route['spec']['returns']) {
  if (returns === 'stream') return { 'text/event-stream': { schema: z.string() } };
  if (returns === 'lines') return { 'application/x-ndjson': { schema: z.string() } };
  if (returns === 'bytes') return { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } };
  return { 'application/json': { schema: returns } };
}

/** `get` `/runs/:id/events` is `get_runs_id_events`. */
const operationId = (method: string, path: string): string =>
  [method, ...path.split('/').filter(Boolean)].join('_').replace(/[:{}]/g, '').replaceAll('-', '_');
