/** What WeCom told us, by `event` and `change_type`; shown by `useEventWords`. */
export const events = {
  change_external_contact: {
    add_external_contact: '添加了外部联系人',
    edit_external_contact: '修改了外部联系人的备注或标签',
    add_half_external_contact: '外部联系人添加了成员，待成员确认',
    del_external_contact: '成员删除了外部联系人',
    del_follow_user: '外部联系人删除了成员',
    transfer_fail: '客户接替失败',
    msg_audit_approved: '外部联系人同意了会话存档',
  },
  change_external_chat: {
    create: '创建了客户群',
    update: '客户群有变更',
    dismiss: '客户群已解散',
  },
  change_external_tag: {
    create: '新建了标签',
    update: '修改了标签',
    delete: '删除了标签',
    shuffle: '调整了标签顺序',
  },
  change_contact: {
    create_user: '新增成员',
    update_user: '成员资料有变更',
    delete_user: '删除成员',
    create_party: '新增部门',
    update_party: '部门有变更',
    delete_party: '删除部门',
    update_tag: '成员标签有变更',
  },
  /** `any` stands for events without a change type. */
  subscribe: { any: '成员关注了应用' },
  unsubscribe: { any: '成员取消关注应用，或移出了可见范围' },
  msgaudit_notify: { any: '有新的会话存档消息' },
  kf_msg_or_event: { any: '微信客服有新消息' },
  sys_approval_change: { any: '审批单有变更' },
  open_approval_change: { any: '审批单有变更' },
  enter_agent: { any: '成员打开了应用' },
};
