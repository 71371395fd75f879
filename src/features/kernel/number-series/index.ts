import type { Entities } from '../../../db/data-source';
import { NumberSeries, NumberSeriesPattern } from './number-series.entity';
import { numberSeriesRoutes } from './number-series.routes';

export const numberSeriesFeature = {
  name: 'number-series',
  entities: [NumberSeries, NumberSeriesPattern] as Entities,
  routes: numberSeriesRoutes,
};
export { createNumberSeriesService, type NumberSeriesService } from './number-series.service';
