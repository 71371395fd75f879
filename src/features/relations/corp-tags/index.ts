import { CorpTag, CorpTagGroup } from './corp-tags.entity';
import { corpTagRoutes } from './corp-tags.routes';

export const corpTagsFeature = { name: 'corp-tags', entities: [CorpTagGroup, CorpTag], routes: corpTagRoutes };
export { type CorpTagService, createCorpTagService } from './corp-tags.service';
