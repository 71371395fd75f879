import type { paths } from '../../api/schema';

export type Factor = paths['/session/factor']['get']['responses'][200]['content']['application/json'];
