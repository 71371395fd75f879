/** Where the entries of a list are used: whoever keeps such a place says so, and the list asks before it drops an entry. */
export interface Use {
  /** The list whose entries are used. */
  of: string;
  /** How many hold the entry. */
  count(entry: string): Promise<number>;
  /** Puts another entry in its place, in the transaction that drops it. */
  replace(from: string, to: string): Promise<void>;
}

export type Uses = ReturnType<typeof createUses>;

/** Every place where the entries of some lists are used. */
export function createUses() {
  const all: Use[] = [];
  const usesOf = (list: string) => all.filter(({ of }) => of === list);
  return {
    add(...uses: Use[]): void {
      all.push(...uses);
    },

    async count(list: string, entry: string): Promise<number> {
      let count = 0;
      for (const use of usesOf(list)) count += await use.count(entry);
      return count;
    },

    async replace(list: string, from: string, to: string): Promise<void> {
      for (const use of usesOf(list)) await use.replace(from, to);
    },
  };
}
