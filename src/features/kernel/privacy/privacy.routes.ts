import { z } from 'zod';
import { get, post, type Route } from '../../../http/route';
import { listQuery, page } from '../../../http/schema';
import { erasureBody, erasureView, exportBody, personalData, personView } from './privacy.schema';
import type { PrivacyService } from './privacy.service';

interface Services {
  privacy: PrivacyService;
}

const param = z.strictObject({ external_userid: z.string().min(1).max(64) });

export const privacyRoutes = ({ privacy }: Services): Route[] => [
  get(
    '/external-contacts/:external_userid/views',
    {
      can: 'audit:read',
      about: 'Who opened, uncovered, shared or exported the record of a person, newest first',
      params: param,
      query: listQuery({}),
      returns: page(personView),
    },
    ({ params, query, viewer }) => privacy.views(params.external_userid, query, viewer),
  ),
  post(
    '/privacy/exports',
    {
      can: 'privacy:export',
      about: 'Everything that is held about a person, for the person; asks for a second factor and a reason',
      freshFactor: true,
      body: exportBody,
      returns: personalData,
    },
    async ({ body, viewer, ctx }) => {
      const document = await privacy.export(body, { viewer, address: ctx.ip });
      ctx.attachment('personal-data.json');
      return document;
    },
  ),
  post(
    '/privacy/erasures',
    {
      can: 'privacy:erase',
      about: 'Forgets a person; answered with APPROVAL_REQUIRED, as a second person must agree. Again: says since when',
      freshFactor: true,
      body: erasureBody,
      returns: erasureView,
    },
    ({ body, viewer, ctx }) => privacy.erasures.start(body, { viewer, address: ctx.ip }),
  ),
];
