import type { AuditService } from '../../kernel/audit';

export type Names = Pick<AuditService, 'names'>;

/** Today's names of those who acted. */
export async function actorNames(
  audit: Names,
  actors: readonly (string | null)[],
): Promise<(actor: string) => { actor: string; name: string | null }> {
  const names = await audit.names(actors);
  return (actor) => ({ actor, name: names.get(actor) ?? null });
}
