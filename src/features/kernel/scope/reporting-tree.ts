import type { EdgeSource } from './scope.entity';

/** What the tree is made of. Ids of staff are ours. */
export interface Directory {
  departments: { id: number; parentId: number | null; leaders: readonly string[] }[];
  staff: { id: string; departments: readonly number[]; directLeaders: readonly string[]; isServing: boolean }[];
}

export interface Edge {
  superiorId: string;
  staffId: string;
  source: EdgeSource;
  until: Date | null;
}

export interface DerivedEdge extends Edge {
  closesCycle: boolean;
}

/** One pair of the closure. */
export interface Reached {
  superiorId: string;
  staffId: string;
  until: Date | null;
}

/**
 * The edges WeCom's directory implies (crm-features §4.6): the leaders of each department somebody is in, and their
 * direct leaders. Nobody leads themselves: the superior of a leader, and of whoever is in a department without one, is
 * found in the next department up. Somebody who left leads nobody, yet stays below whom they were below.
 */
export function deriveEdges(directory: Directory, manual: readonly Edge[]): DerivedEdge[] {
  const parents = new Parents();
  for (const edge of manual) parents.add(edge);
  const edges = [...departmentEdges(directory), ...directEdges(directory)];
  return edges.map((edge) => ({ ...edge, closesCycle: !parents.add(edge) }));
}

/** Nearest to the root first, so that of a circle the lowest edge is the one that gives way. */
function departmentEdges({ departments, staff }: Directory): Edge[] {
  const serving = new Set(staff.filter((one) => one.isServing).map(({ id }) => id));
  const byId = new Map(departments.map((one) => [one.id, one]));
  const found = staff.flatMap(({ id, departments: places }) =>
    places.flatMap((place) => {
      const { leaders, depth } = leadersAbove(byId, place, (leader) => leader !== id && serving.has(leader), id);
      return leaders.map((superiorId) => ({ depth, edge: edgeOf(superiorId, id, 'department') }));
    }),
  );
  const unique = new Map(found.sort((a, b) => a.depth - b.depth).map(({ edge }) => [keyOf(edge), edge]));
  return [...unique.values()];
}

/** Who leads the nearest department, from `place` upwards, that has a leader other than `of`. */
function leadersAbove(
  byId: ReadonlyMap<number, Directory['departments'][number]>,
  place: number,
  leads: (id: string) => boolean,
  of: string,
): { leaders: string[]; depth: number } {
  const path: Directory['departments'] = [];
  for (let id: number | null = place; id !== null && !path.some((one) => one.id === id); ) {
    const department = byId.get(id);
    if (!department) break;
    path.push(department);
    id = department.parentId;
  }
  // Those who lead a department together are peers.
  const at = path.findIndex(({ leaders }) => !leaders.includes(of) && leaders.some(leads));
  return { leaders: path[at]?.leaders.filter(leads) ?? [], depth: path.length - at };
}

function directEdges({ staff }: Directory): Edge[] {
  const serving = new Set(staff.filter((one) => one.isServing).map(({ id }) => id));
  return staff.flatMap(({ id, directLeaders }) =>
    directLeaders
      .filter((leader) => leader !== id && serving.has(leader))
      .map((leader) => edgeOf(leader, id, 'direct_leader')),
  );
}

/** Everybody whom each person reaches, themselves included. Deputies reach what those they stand in for reach. */
export function reachOf(staffIds: readonly string[], edges: readonly Edge[], deputies: readonly Edge[]): Reached[] {
  const parents = new Parents();
  for (const edge of edges) parents.add(edge);
  const reached = new Map<string, Reached>();
  const add = (one: Reached) => {
    const known = reached.get(keyOf(one));
    if (!known || isLonger(one.until, known.until)) reached.set(keyOf(one), one);
  };
  const below = new Map<string, string[]>();
  for (const staffId of staffIds) {
    for (const superiorId of [staffId, ...parents.above(staffId)]) {
      add({ superiorId, staffId, until: null });
      below.set(superiorId, [...(below.get(superiorId) ?? []), staffId]);
    }
  }
  for (const { superiorId: deputy, staffId: absent, until } of deputies) {
    for (const staffId of below.get(absent) ?? []) add({ superiorId: deputy, staffId, until });
  }
  return [...reached.values()];
}

/** Whether an edge would lead from somebody back to themselves. */
export function closesCycle(edges: readonly Edge[], edge: Edge): boolean {
  const parents = new Parents();
  for (const one of edges) parents.add(one);
  return !parents.add(edge);
}

/** Who stands directly above whom, free of circles. */
class Parents {
  readonly #above = new Map<string, Set<string>>();

  /** @returns false, and adds nothing, when the edge would close a circle */
  add({ superiorId, staffId }: Edge): boolean {
    if (superiorId === staffId || this.above(superiorId).has(staffId)) return false;
    const direct = this.#above.get(staffId) ?? new Set();
    this.#above.set(staffId, direct.add(superiorId));
    return true;
  }

  above(staffId: string): Set<string> {
    const found = new Set<string>();
    const open = [staffId];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const parent of this.#above.get(next) ?? []) {
        if (found.has(parent)) continue;
        found.add(parent);
        open.push(parent);
      }
    }
    return found;
  }
}

const edgeOf = (superiorId: string, staffId: string, source: EdgeSource): Edge => ({
  superiorId,
  staffId,
  source,
  until: null,
});

const keyOf = ({ superiorId, staffId }: Pick<Edge, 'superiorId' | 'staffId'>): string => `${superiorId} ${staffId}`;

const isLonger = (a: Date | null, b: Date | null): boolean => b !== null && (a === null || a > b);
