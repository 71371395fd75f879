import { type Identity, type Viewer, viewerOf } from '../../src/http/permissions';
import type { Role } from '../../src/http/roles';

export const aViewer = (roles: Role[], more: Partial<Identity> = {}): Viewer =>
  viewerOf({ kind: 'token', id: 'at-test', name: 'at test', roles, staffId: null, hasSuperior: false, ...more });

/** Nobody is above them: they see every record as its owner does. */
export const head = aViewer(['sales_manager']);
