import { z } from 'zod';
import { commaList, family, on, unused } from './define';

const member = { UserID: z.string().min(1), Department: commaList.optional() };

/** 通讯录. New callback addresses are told ids and departments only (path/90970). */
export const directory = family('change_contact', {
  create_user: on(member, (m, { staff }) => staff.onChanged(m.UserID, (m.Department ?? []).map(Number))),
  update_user: on({ ...member, NewUserID: z.string().optional() }, (m, { staff, leavers }) =>
    m.NewUserID && m.NewUserID !== m.UserID
      ? leavers.onRenamed(m.UserID, m.NewUserID, m)
      : staff.onChanged(m.UserID, (m.Department ?? []).map(Number)),
  ),
  delete_user: on(member, (m, { leavers }) => leavers.onDeparted(m.UserID, m)),
  create_party: on({}, (_, { staff }) => staff.onDepartmentsChanged()),
  update_party: on({}, (_, { staff }) => staff.onDepartmentsChanged()),
  delete_party: on({}, (_, { staff }) => staff.onDepartmentsChanged()),
  update_tag: unused('tags of staff members are not mirrored'),
});
