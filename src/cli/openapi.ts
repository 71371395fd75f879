import { Command } from 'commander';
import { openApiDocument } from '../openapi';

export const openapiCommand = (): Command =>
  new Command('openapi')
    .description('print the OpenAPI document')
    .option('--json', 'JSON, as always')
    .action(() => {
      process.stdout.write(`${JSON.stringify(openApiDocument(), null, 2)}\n`);
    });
