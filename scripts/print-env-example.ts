import { envExample } from './lib/env-example';
import { settleGenerated } from './lib/generated';

settleGenerated('.env.example', envExample(), 'env:example');
