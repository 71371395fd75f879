import { z } from 'zod';
import { attachment, get, type Route } from '../../../http/route';
import { idParam } from '../../../http/schema';
import { briefingView, externalContactParam } from './briefing.schema';
import type { HandoverService } from './handovers';
import { itemParam } from './handovers.schema';
import { outcomeView } from './outcome.schema';
import { languages } from './report-words';

const can = 'handovers:read';
const params = idParam;

const reportQuery = z.strictObject({ lang: z.enum(languages).default('zh-CN') });

/** What a handover came to, and what those who take over should know. */
export const reportRoutes = ({ handovers }: { handovers: HandoverService }): Route[] => [
  attachment(
    '/handovers/:id/report',
    { can, about: 'All of a handover as a workbook (XLSX). Recorded with its hash', params, query: reportQuery },
    ({ params, query, viewer, ctx }) => handovers.reports.make(params.id, query.lang, { viewer, address: ctx.ip }),
  ),
  get(
    '/handovers/:id/outcome',
    { can, about: 'Who refused, who was lost, and how soon the successors wrote', params, returns: outcomeView },
    ({ params, viewer }) => handovers.outcomes.of(params.id, viewer),
  ),
  get(
    '/handovers/:id/items/:item_id/briefing',
    {
      ...{ can, about: 'What a successor should know of the external contact. Recorded, and the messages as read' },
      ...{ params: itemParam, returns: briefingView },
    },
    ({ params, viewer, ctx }) => handovers.briefings.ofItem(params.id, params.item_id, { viewer, address: ctx.ip }),
  ),
  get(
    '/external-contacts/:external_userid/briefing',
    {
      ...{ can: 'relations:read', about: 'The same of an external contact that somebody of the own line took over' },
      ...{ params: externalContactParam, returns: briefingView },
    },
    ({ params, viewer, ctx }) => handovers.briefings.ofContact(params.external_userid, { viewer, address: ctx.ip }),
  ),
];
