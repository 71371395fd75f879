import { get, post, put, type Route } from '../../../http/route';
import {
  changedSeries,
  patternBody,
  preview,
  series,
  seriesParam,
  seriesQuery,
  seriesView,
} from './number-series.schema';
import type { NumberSeriesService } from './number-series.service';

export const numberSeriesRoutes = ({ numberSeries }: { numberSeries: NumberSeriesService }): Route[] => [
  get(
    '/number-series',
    { can: 'self', about: 'How records are numbered, by key', query: seriesQuery, returns: series },
    ({ query }) => numberSeries.list(query),
  ),
  get(
    '/number-series/:key',
    { can: 'self', about: 'How one kind of record is numbered', params: seriesParam, returns: seriesView },
    ({ params }) => numberSeries.get(params.key),
  ),
  put(
    '/number-series/:key',
    {
      ...{ can: 'crm:configure', about: 'Change how records are numbered from now on; the counter goes on' },
      ...{ params: seriesParam, body: changedSeries, returns: seriesView },
    },
    ({ params, body, viewer, ctx }) => numberSeries.change(params.key, body, { viewer, address: ctx.ip }),
  ),
  post(
    '/number-series/:key/preview',
    {
      ...{ can: 'crm:configure', about: 'The next three numbers by another pattern; nothing is taken' },
      ...{ params: seriesParam, body: patternBody, returns: preview },
    },
    ({ params, body }) => numberSeries.preview(params.key, body),
  ),
];
