interface Named {
  name: string;
  deleted_at: string | null;
}

export interface TagView {
  text: string;
  deleted: boolean;
}

/** The groups and tags that fit: a group whose name fits is shown whole, another with its fitting tags only. */
export function shownGroups<T extends Named, G extends Named & { tags: T[] }>(
  groups: readonly G[],
  { text, deleted }: TagView,
): G[] {
  const wanted = text.trim().toLowerCase();
  const fits = (name: string): boolean => name.toLowerCase().includes(wanted);
  return groups
    .filter((group) => deleted || !group.deleted_at)
    .map((group) => ({
      ...group,
      tags: group.tags.filter((tag) => (deleted || !tag.deleted_at) && (fits(group.name) || fits(tag.name))),
    }))
    .filter((group) => fits(group.name) || group.tags.length > 0);
}
