type Words = Readonly<Record<'zh-CN' | 'en', string>>;

const both = (zh: string, en: string): Words => ({ 'zh-CN': zh, en });

/** What a template is given as a code, in words: by the name in the template, and the code. A code without words is shown as it is. */
export const codeWords: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  actor: {
    host: both('服务器命令行', 'The command line of the server'),
    system: both('系统自动', 'The system'),
    schedule: both('定时任务', 'The schedule'),
  },
  reason: {
    gone: both('接收方回答 410，不再接收', 'the receiver answered 410 and wants no more'),
    failing: both('连续五天全部失败', 'nothing but failures for five days'),
  },
  run: {
    sync: both('同步', 'sync'),
    reconciliation: both('对账', 'reconciliation'),
    'audit-verification': both('核验操作审计', 'verification of the audit trail'),
    'key-rotation': both('轮换密钥', 'key rotation'),
    'interception-push': both('推送拦截规则', 'push of interception rules'),
    'personal-data-sealing': both('加密旧版本的明文', 'sealing of older plain text'),
  },
  watch: {
    rule: both('内容规则', 'the content rule'),
    word_list: both('敏感词表', 'the word list'),
  },
  userid: { '': both('（不涉及具体成员）', 'Nobody in particular') },
  detector: {
    CUSTOMER_DELETED_BY_STAFF: both('删除了客户', 'deleted a customer'),
    CUSTOMER_MISSING: both('客户不在列表中', 'a customer is no longer listed'),
    RECALL: both('撤回了消息', 'took back a message'),
    RECALL_ORPHAN: both('撤回的原消息不在存档中', 'a recalled message is not archived'),
    GROUP_DARK: both('客户群没有完整存档', 'a customer group is not fully archived'),
    ARCHIVE_EVASION: both('脱离会话存档', 'went out of the archive'),
    CHAT_DARK: both('会话突然沉默', 'a chat went silent'),
    ONE_SIDED: both('只有客户一方的消息', 'a chat has one side only'),
    LOCAL_CHAT_DELETED: both('在设备上删除了聊天记录', 'deleted a chat on a device'),
    ATTESTATION_GAP: both('设备上缺少存档里的消息', 'their device lacks archived messages'),
    EXFILTRATION: both('带出公司数据', 'company data carried out'),
    FEIDAN: both('疑似飞单', 'a deal may be led away'),
    PRIVATE_PAYMENT: both('疑似私下收款', 'money may be taken privately'),
    CONTENT_RULE: both('会话内容触发规则', 'a content rule was met'),
    STAFF_DELETED_BY_CUSTOMER: both(
      '被客户删除，此前有消息命中规则',
      'was deleted by a customer after a flagged message',
    ),
    DELETE_READD: both('多次删除客户后又添加', 'keeps deleting customers and adding them again'),
    MASS_DELETE: both('大量删除客户', 'deleted many customers'),
    GROUP_DISMISSED: both('名下的客户群被解散', 'owned a group chat that was dissolved'),
    GROUP_MEMBER_REMOVED: both('名下的客户群有人被移出', 'owns a group chat from which somebody was removed'),
    GROUP_OWNER_CHANGED: both('名下的客户群换了群主', 'owned a group chat that has another owner now'),
    DEPARTURE_RISK: both('已离职，此前有异常', 'left, and there were signs before'),
    DEPARTURE_LEAK: both('离职后客户未能交接', 'left, and a customer did not arrive at the successor'),
  },
  severity: {
    medium: both('中', 'medium'),
    high: both('高', 'high'),
    critical: both('严重', 'critical'),
  },
  difference: {
    relation_missing: both('跟进关系未列出', 'a relation is not listed'),
    relation_appeared: both('多出跟进关系', 'a relation appeared'),
    relation_changed: both('跟进关系有变更', 'a relation changed'),
    relation_assigned: both('离职客户已分配', 'a contact of a leaver was assigned'),
    relations_shrank: both('大量跟进关系同时消失', 'many relations vanished at once'),
    staff_departed: both('成员已离职', 'they left'),
    staff_unreadable: both('客户列表无法读取', 'the list of their contacts cannot be read'),
  },
};
