import type { RecordService } from '../../../records';
import { personOf } from '../../../records';
import type { HandoverSubject } from '../../handover/departures';

/** Records of one type that somebody has: they go to a colleague; what is closed keeps its owner (CUS-04, WCM-07). */
export const createRecordSubject = ({ type, ownedBy, act }: RecordService): HandoverSubject => ({
  kind: type.key,

  async of({ id }) {
    const own = await ownedBy(id);
    return own.map((record) => ({ ...record, link: `/${type.path}/${record.id}`, movable: true }));
  },

  async hand(id, to, { viewer, address }) {
    if (!to) return 'left';
    await act(id, { owner_id: to.id }, { kind: 'handed_over', by: personOf(viewer, address) });
    return 'moved';
  },
});
