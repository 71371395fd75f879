import type { OpenedFinding } from '../../../api/findings';
import { conversationPath, findingPath, securityRecordsPath, spotCheckPath } from '../../../lib/paths';

type Proof = Pick<OpenedFinding['evidence'][number], 'source' | 'ref' | 'told'>;

/** What the reader may open. */
interface May {
  message: boolean;
  spot_check: boolean;
  record: boolean;
}

const logs: readonly string[] = ['member_log', 'admin_log', 'file_record', 'screen_record'];

/** Where a record can be read; undefined where it is shown in place, or the reader may not. */
export function wayTo({ source, ref, told }: Proof, may: May): string | undefined {
  if (!told) return undefined;
  const { inside, userid, at } = told;
  if (source === 'finding') return findingPath(ref);
  if (source === 'message' && may.message && inside !== null) return conversationPath(inside, ref);
  if (source === 'spot_check' && may.spot_check && inside !== null) return spotCheckPath(inside);
  return logs.includes(source) && may.record ? securityRecordsPath({ source, userid, at }) : undefined;
}
