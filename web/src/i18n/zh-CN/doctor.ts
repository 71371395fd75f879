export const doctor = {
  title: '配置诊断',
  checkedAt: '检查于',
  again: '重新检查',
  looking: '正在逐项检查，通常需要几秒。',
  level: { ok: '正常', warn: '注意', fail: '失败', skipped: '未检查' },
  count: {
    fail: '{{count}} 项失败',
    warn: '{{count}} 项需要注意',
    ok: '{{count}} 项正常',
    skipped: '{{count}} 项未检查',
  },
  area: { settings: '企业', wecom: '企业微信接口', callbacks: '回调', archive: '会话内容存档', server: '服务器' },
  egress: {
    title: '服务器出口地址',
    hint: '把这些地址填入「应用管理 → 应用 → 企业可信IP」，多个用分号分隔；通讯录同步与会话内容存档各有自己的列表。',
    none: '还不知道。企业微信拒绝请求时会说出它看到的地址，也可以自己写下：',
    write: '在设置中填写 EGRESS_ADDRESSES',
    copyAll: '复制全部',
    source: { settings: '由管理员填写', wecom: '企业微信看到的地址，最近一次' },
  },
};
