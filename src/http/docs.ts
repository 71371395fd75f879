import { createReadStream } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Middleware } from 'koa';

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>WeCom SCRM API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
`;

/** A file of its own, because the content security policy allows no script inside the page. */
const start = `SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
  requestInterceptor: (request) => {
    request.headers['X-Requested-With'] = 'scrm';
    return request;
  },
});
`;

/** `/api/openapi.json`, and `/api/docs`: the same for people. Everything comes from this server. */
export function apiDocs(document: object): Middleware {
  const folder = dirname(require.resolve('swagger-ui-dist/package.json'));
  const described = JSON.stringify(document);
  const answers = new Map<string, [type: string, body: () => string | Readable]>([
    ['/api/openapi.json', ['json', () => described]],
    ['/api/docs', ['html', () => page]],
    ['/api/docs/start.js', ['js', () => start]],
    ['/api/docs/swagger-ui.css', ['css', () => createReadStream(join(folder, 'swagger-ui.css'))]],
    ['/api/docs/swagger-ui-bundle.js', ['js', () => createReadStream(join(folder, 'swagger-ui-bundle.js'))]],
  ]);
  return (ctx, next) => {
    const answer = answers.get(ctx.path);
    if (!answer || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
    const [type, body] = answer;
    ctx.type = type;
    ctx.set('cache-control', 'no-cache');
    ctx.body = body();
  };
}
