import type { Vault } from '../core/vault';
import type { Database } from '../db/database';
import type { FieldFault } from '../http/errors';
import { httpError } from '../http/errors';
import type { Viewer } from '../http/permissions';
import { createRecordKeys, type RecordKeys } from './keys';
import type { RecordRules, RecordScopes, StaffDirectory } from './ports';
import { createRecordService, type RecordService } from './record.service';
import type { RecordType } from './record-type';
import { beside } from './values';

/** What is written of an act: the trail of the product, without values. */
export interface ActRecorder {
  record(entry: {
    actor: string;
    action: string;
    target: string;
    result: 'ok';
    reason?: string | undefined;
    address?: string | undefined;
    detail?: object;
  }): Promise<void>;
}

export interface RecordDeps {
  db: Database;
  vault: Vault;
  audit: ActRecorder;
  scopes: RecordScopes;
  staff: StaffDirectory;
  /** Today's names of those who acted, by how the trail spells them. */
  namesOf(actors: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The next number of a series, in the open transaction. */
  nextNumber(series: string): Promise<string>;
  /** Whether a dictionary has such an item, and it can be chosen. */
  isItem(dictionary: string, code: string): Promise<boolean>;
}

/** What one type works with: the same, and the other types. */
export interface ServiceDeps extends RecordDeps {
  keys: RecordKeys;
  /** Whether somebody may point to that record; without a viewer, whether it is there. */
  refersWell(of: string, id: string, viewer: Viewer | undefined): Promise<boolean>;
  titlesOf(of: string, ids: readonly string[], viewer: Viewer): Promise<Map<string, string>>;
}

export type Records = ReturnType<typeof createRecords>;

/** All types of records of the product, each opened once by the feature that owns it. */
export function createRecords(deps: RecordDeps) {
  const opened = new Map<string, RecordService>();
  const keys = createRecordKeys(deps);

  async function refersWell(of: string, id: string, viewer: Viewer | undefined): Promise<boolean> {
    const service = opened.get(of);
    if (!service) throw new Error(`no records of type ${of}`);
    return viewer ? service.isVisible(id, viewer) : (await service.find(id)) !== undefined;
  }

  const titlesOf = async (of: string, ids: readonly string[], viewer: Viewer): Promise<Map<string, string>> =>
    (await opened.get(of)?.titles(ids, viewer)) ?? new Map();

  return {
    keys,
    open(type: RecordType, rules: RecordRules = {}): RecordService {
      assertDistinct(type);
      const service = createRecordService(type, rules, { ...deps, keys, refersWell, titlesOf });
      opened.set(type.key, service);
      return service;
    },
    types: (): RecordType[] => [...opened.values()].map(({ type }) => type),
  };
}

/** What stands beside a reference must not hide a field. @throws Error a mistake of ours */
function assertDistinct({ key, fields }: RecordType): void {
  const keys = fields.flatMap((field) => [field.key, ...beside(field)]);
  const twice = keys.filter((one, i) => keys.indexOf(one) !== i);
  if (twice.length > 0) throw new Error(`${key} has two fields named ${twice.join(', ')}`);
}

/** @returns the fault of one field, ready to be thrown */
export const fieldFault = (path: string, rule: string, message = 'Needs attention') =>
  httpError('validation', [{ path, rule, message } satisfies FieldFault]);
