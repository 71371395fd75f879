import { defineErrors } from '../../../core/errors';
import type { Vault } from '../../../core/vault';
import { actorOf } from '../../../http/permissions';
import type { FieldAccess } from '../../../http/roles';
import type { ScopeService } from '../../kernel/scope';
import type { Exposure, ExposureDeps, Looking } from './exposure';
import type { Relation } from './external-contacts.entity';
import type { RevealBody, RevealedFields } from './external-contacts.schema';
import { createRelationStore } from './external-contacts.store';

interface Deps extends Pick<ExposureDeps, 'db' | 'audit'> {
  vault: Vault;
  scopes: ScopeService;
  exposure: Pick<Exposure, 'count'>;
}

export const revealError = defineErrors('reveal', {
  not_found: [404, 'No relation of this external contact that you see has this field'],
});

export type Reveal = ReturnType<typeof createReveal>;

/** Shows a covered field to somebody with a reason (PLT-02): recorded, and only so often in an hour (WCM-08). */
export function createReveal({ db, vault, audit, scopes, exposure }: Deps) {
  const store = createRelationStore({ db, vault });

  /** Those the viewer sees, and whose field is not closed to them altogether. */
  async function open(
    externalUserid: string,
    { field, relation_id }: RevealBody,
    looking: Looking,
  ): Promise<Relation[]> {
    const scope = await scopes.of(looking.viewer);
    const seen = await store.relationsOfContacts([externalUserid], scope.relations('relation')?.probe);
    const access = await scope.field(
      `relation.${field}`,
      seen.map((relation) => relation.staff_id),
    );
    const isOpen = ({ id, staff_id }: Relation) =>
      (relation_id === undefined || relation_id === id) && mayOpen(access(staff_id));
    return seen.filter(isOpen);
  }

  return {
    /** @throws reveal.not_found, exposure.over_threshold */
    async reveal(externalUserid: string, body: RevealBody, looking: Looking): Promise<RevealedFields> {
      const { field, reason } = body;
      const relations = await open(externalUserid, body, looking);
      if (relations.length === 0) throw revealError('not_found', { external_userid: externalUserid });
      await exposure.count('reveal', looking);
      await audit.record({
        actor: actorOf(looking.viewer),
        action: 'field.revealed',
        target: `external_contact:${externalUserid}`,
        result: 'ok',
        reason,
        address: looking.address,
        detail: { field: `relation.${field}`, relations: relations.map(({ id }) => id) },
      });
      return {
        field,
        items: relations.map((relation) => ({ relation_id: relation.id, values: valuesOf(relation, field) })),
      };
    },
  };
}

const mayOpen = (access: FieldAccess): boolean => access !== 'none';

function valuesOf(relation: Relation, field: RevealBody['field']): string[] {
  if (field === 'remark_mobiles') return JSON.parse(relation.remark_mobiles);
  return relation.description === '' ? [] : [relation.description];
}
