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
  detector: {
    CUSTOMER_DELETED_BY_STAFF: both('删除了客户', 'deleted a customer'),
    CUSTOMER_MISSING: both('客户不在列表中', 'a customer is no longer listed'),
    EXFILTRATION: both('带出公司数据', 'company data carried out'),
    ARCHIVE_EVASION: both('改动存档设置', 'settings of the archive touched'),
    FEIDAN: both('疑似飞单', 'a deal may be led away'),
    PRIVATE_PAYMENT: both('疑似私下收款', 'money may be taken privately'),
    CONTENT_RULE: both('会话内容触发规则', 'a content rule was met'),
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
