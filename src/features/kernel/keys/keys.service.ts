import { iso, isoOrNull } from '../../../http/schema';
import type { Runs, RunView } from '../../../jobs';
import { defineRotation, type RotationDeps, rotationKind } from './key-rotation';
import type { DataKeyView } from './keys.schema';
import { createKeyStore, type DataKeyRow } from './keys.store';
import { changeMasterKey } from './master-key';

type Deps = Omit<RotationDeps, 'store' | 'runs'> & { runs: Pick<Runs, 'define' | 'start'> };

interface Order {
  actor: string;
  /** Whose name the run shows. */
  by: string;
  address?: string | undefined;
}

export type KeyService = ReturnType<typeof createKeyService>;

/** The keys that stored values are sealed with. */
export function createKeyService(deps: Deps) {
  const { db, vault, audit, runs } = deps;
  const store = createKeyStore(deps);
  defineRotation({ ...deps, store });
  return {
    /** Newest first, without the key of the index. */
    async list(): Promise<DataKeyView[]> {
      const keys = (await store.keys()).filter(({ version }) => version > 0);
      return keys.reverse().map((key) => toView(key, vault.current));
    },

    /** @returns how many data keys are wrapped with it now @throws StartupError when `from` is not the present one */
    changeMasterKey: (from: Buffer, to: Buffer): Promise<number> =>
      changeMasterKey({ db, store, audit, boundTo: vault.boundTo, from, to }),

    /** @throws run.in_progress */
    rotate: ({ actor, by, address }: Order): Promise<RunView> =>
      db.transact(async () => {
        const run = await runs.start(rotationKind, { actor }, by);
        await audit.record({ actor, action: 'key_rotation.started', target: `run:${run.id}`, result: 'ok', address });
        return run;
      }),
  };
}

const toView = ({ version, created_at, active_from, retired_at }: DataKeyRow, current: number): DataKeyView => ({
  version,
  state: stateOf(version, retired_at, current),
  created_at: iso(created_at),
  active_from: isoOrNull(active_from),
  retired_at: isoOrNull(retired_at),
});

function stateOf(version: number, retiredAt: Date | null, current: number): DataKeyView['state'] {
  if (retiredAt) return 'retired';
  if (version > current) return 'coming';
  return version === current ? 'active' : 'old';
}
