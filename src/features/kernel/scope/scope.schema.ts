import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';
import { collaboratorLevels, edgeSources } from './scope.entity';

const userid = z.string().min(1).max(64);
const until = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

export const edgeView = z
  .object({
    id: z.string(),
    superior: userid,
    superior_name: z.string().nullable(),
    userid,
    staff_name: z.string().nullable(),
    source: z.enum(edgeSources),
    closes_cycle: z.boolean().openapi({ description: 'the directory says so, but it would close a circle' }),
    until: instant.nullable(),
    created_by: z.string().nullable(),
    created_at: instant,
  })
  .openapi('ReportingEdge');

export const edgeQuery = listQuery({
  userid: userid.optional(),
  superior: userid.optional(),
  source: z.enum(edgeSources).optional(),
});
export type EdgeQuery = z.output<typeof edgeQuery>;
export const edgePage = page(edgeView);

export const contactParam = z.strictObject({ external_userid: userid });
export const collaboratorOfContact = contactParam.extend({ id: z.string().min(1).max(36) });

export const newLine = z.strictObject({ superior: userid, userid });
export const newDeputy = z.strictObject({ deputy: userid, userid, until });

export const collaboratorView = z
  .object({
    id: z.string(),
    userid,
    staff_name: z.string().nullable(),
    level: z.enum(collaboratorLevels),
    until: instant.nullable(),
    created_by: z.string(),
    created_at: instant,
  })
  .openapi('Collaborator');
export const collaboratorList = z.object({ items: z.array(collaboratorView), next_cursor: z.null() });
export const newCollaborator = z.strictObject({
  userid,
  level: z.enum(collaboratorLevels).default('read'),
  until: until.nullish(),
});
export type NewCollaborator = z.output<typeof newCollaborator>;
