import { loadConfig } from './config';
import { createDataSource } from './src/db/data-source';
import { allEntities } from './src/entities';

export default createDataSource(loadConfig().databaseUrl, allEntities);
