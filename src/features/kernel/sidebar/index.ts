import { SidebarFailure } from './sidebar.entity';
import { sidebarRoutes } from './sidebar.routes';

export const sidebarFeature = {
  name: 'sidebar',
  entities: [SidebarFailure],
  routes: sidebarRoutes,
};
export { createSidebarService, type SidebarService } from './sidebar.service';
