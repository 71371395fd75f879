import type { Entities } from '../../../db/data-source';
import { Category } from './categories.entity';
import { categoryRoutes } from './categories.routes';

export const categoriesFeature = {
  name: 'categories',
  entities: [Category] as Entities,
  routes: categoryRoutes,
};
export { type CategoryService, createCategoryService } from './categories.service';
