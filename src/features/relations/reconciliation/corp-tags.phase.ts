import type { Phase, PhaseDeps } from './phase';

/** All corp tags in one call (path/92117). */
export function corpTagsPhase({ db, wecom, corpTags }: PhaseDeps): Phase {
  return {
    name: 'corp_tags',
    async run(context) {
      const readAt = db.now();
      const groups = await wecom.corpTags.list({}, context.calls);
      await context.save(async () => {
        const { changes, held } = await corpTags.mirror(groups, { complete: true, readAt });
        context.counts.seen += groups.reduce((sum, group) => sum + 1 + group.tags.length, 0);
        context.counts.vanished += held.length;
        for (const { kind, subject, detail } of changes) {
          context.counts[countOf(kind)] += 1;
          context.report({ kind, subject, state: 'applied', detail });
        }
        if (held.length === 0) return;
        const detail = { vanished: held.length };
        context.report({ kind: 'corp_tags_shrank', state: 'held', explanation: 'scope_changed', detail });
      });
    },
  };
}

const countOf = (kind: string): 'added' | 'vanished' | 'changed' => {
  if (kind.endsWith('_appeared')) return 'added';
  return kind.endsWith('_deleted') ? 'vanished' : 'changed';
};
