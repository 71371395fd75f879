export type PersonKind = 'staff' | 'external' | 'robot';

/** Whom WeCom gave ids of its own: people outside (`wm`, `wo`), and robots (`wb`). Staff ids are the company's choice. */
export function personKind(person: string): PersonKind {
  const found = /^w([mob])[\w-]{18,}$/.exec(person);
  if (!found) return 'staff';
  return found[1] === 'b' ? 'robot' : 'external';
}
