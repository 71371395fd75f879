import { anyOf, type Condition, isIn } from '../../../db/conditions';
import { isAllowed, type Viewer } from '../../../http/permissions';
import type { RecordScopes, RecordType } from '../../../records';
import type { Rows, ScopeService } from './scope';

/**
 * Which records somebody sees (crm-features §4.6): their line's, those shared with them, and whatever hangs on a customer
 * of theirs; whoever has the type's permission for all, and whose role reaches the whole company, sees every one.
 */
export function createRecordScopes(scopes: ScopeService): RecordScopes {
  async function ownOf(type: RecordType, viewer: Viewer, alias: string): Promise<Rows[] | null> {
    const scope = await scopes.of(viewer);
    const own = scope.line(`${alias}.owner_id`);
    if (!own) return null;
    return type.customer ? [own, throughCustomer(scope.line('c.owner_id'), `${alias}.${type.customer}`)] : [own];
  }

  return {
    async of(type, viewer, alias) {
      const { field } = await scopes.of(viewer);
      const own = await ownOf(type, viewer, alias);
      if (!own) return { read: null, edit: null, field };
      const id = `${alias}.id`;
      const editable = await scopes.sharedWith(viewer, type.key, 'edit');
      const edit = anyOf([...own.map(({ probe }) => probe), isIn(id, editable)]);
      const seesAll = viewer.reach === 'company' || (type.can.all && isAllowed(viewer, type.can.all));
      if (seesAll) return { read: null, edit, field };
      const shared = isIn(id, await scopes.sharedWith(viewer, type.key));
      return {
        read: {
          enter: anyOf([...own.map(({ enter }) => enter), shared]),
          probe: anyOf([...own.map(({ probe }) => probe), shared]),
          isWide: own.some(({ isWide }) => isWide),
        },
        edit,
        field,
      };
    },
  };
}

function throughCustomer(line: Rows | null, column: string): Rows {
  const among = (condition: Condition | undefined): Condition => {
    const [sql, ...params] = condition ?? ['1 = 1'];
    return [`${column} IN (SELECT c.id FROM customer c WHERE ${sql})`, ...params];
  };
  return { enter: among(line?.enter), probe: among(line?.probe), isWide: line?.isWide ?? true };
}
