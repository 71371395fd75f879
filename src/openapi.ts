import { features } from './features';
import { createOpenApi } from './http/openapi';
import type { Route } from './http/route';
import type { Services } from './services';

/** Every route of the API. */
export const routesOf = (services: Services): Route[] => features.flatMap((feature) => feature.routes(services));

/** The OpenAPI document. Routes are data: none is called, so no service is needed to describe them. */
export const openApiDocument = (): object =>
  createOpenApi(routesOf(new Proxy({}, { get: () => undefined }) as Services));
