import { openApiDocument } from '../src/openapi';
import { settleGenerated } from './lib/generated';

settleGenerated('openapi.json', `${JSON.stringify(openApiDocument(), null, 2)}\n`, 'openapi');
