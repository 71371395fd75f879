import type { Phase, PhaseDeps } from './phase';

/** All corp tags in one call (path/92117). */
export function corpTagsPhase({ wecom, corpTags }: PhaseDeps): Phase {
  return {
    name: 'corp_tags',
    async run(context) {
      const groups = await wecom.corpTags.list({}, context.calls);
      await context.save({ after: null }, async () => {
        context.counts.seen += groups.reduce((sum, group) => sum + 1 + group.tags.length, 0);
        for (const { kind, subject, detail } of await corpTags.mirror(groups, { complete: true })) {
          context.counts[countOf(kind)] += 1;
          context.report({ kind, subject, state: 'applied', detail });
        }
      });
    },
  };
}

const countOf = (kind: string): 'added' | 'vanished' | 'changed' => {
  if (kind.endsWith('_appeared')) return 'added';
  return kind.endsWith('_deleted') ? 'vanished' : 'changed';
};
