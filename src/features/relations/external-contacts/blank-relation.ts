import { newId } from '../../../core/ids';
import type { Relation } from './external-contacts.entity';

/** A relation that was never seen before, with what the first read or event says. */
export const blankRelation = (staffId: string, externalUserid: string, at: Date): Relation => ({
  id: newId(),
  staff_id: staffId,
  external_userid: externalUserid,
  state: 'active',
  spell: 1,
  started_at: at,
  ended_at: null,
  absent_since: null,
  remark: '',
  description: '',
  remark_corp_name: '',
  remark_mobiles: '[]',
  add_way: 0,
  oper_userid: null,
  channel: null,
  extra: null,
  personal: null,
  updated_at: at,
});
