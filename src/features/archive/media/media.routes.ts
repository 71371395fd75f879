import { bytes, type Route } from '../../../http/route';
import { mediaParam, mediaQuery, partQuery } from './media.schema';
import type { MediaService } from './media.service';

export const mediaRoutes = ({ media }: { media: MediaService }): Route[] => [
  bytes(
    '/archive/media/:id',
    {
      can: 'archive:read',
      about: 'One file of an archived message, whole or in part (Range). Recorded as read',
      params: mediaParam,
      query: mediaQuery,
    },
    ({ params, query, viewer, ctx }) => media.open(params.id, query, { viewer, address: ctx.ip }),
  ),
  bytes(
    '/archive/media/:id/thumbnail',
    {
      can: 'archive:read',
      about: 'A small WebP of an archived picture. Recorded as read',
      params: mediaParam,
      query: partQuery,
    },
    ({ params, query, viewer, ctx }) => media.openThumbnail(params.id, query.message, { viewer, address: ctx.ip }),
  ),
  bytes(
    '/archive/media/:id/audio',
    {
      can: 'archive:read',
      about: 'The sound of a voice message (AMR) as WAV, whole or in part (Range). Recorded as read',
      params: mediaParam,
      query: partQuery,
    },
    ({ params, query, viewer, ctx }) => media.openVoice(params.id, query.message, { viewer, address: ctx.ip }),
  ),
];
