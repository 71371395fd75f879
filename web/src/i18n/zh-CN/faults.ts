/** What happened, why, and what to do now, by the code of the fault. */
export const faults = {
  failed: '没有读到数据',
  code: {
    NETWORK: '连不上服务器。请检查网络，或确认服务正在运行。',
    NO_ANSWER: '服务器暂时没有应答，可能正在启动或更新。请稍后重试。',
    CLIENT: '页面出错了。请重新打开本页；若再次出现，请联系管理员。',
    UNAUTHORIZED: '登录已过期。请使用新的登录链接。',
    ACCESS_BAD_LINK: '登录链接无效：已使用、已过期，或不存在。请获取新的链接。',
    FORBIDDEN: '你的角色不允许此操作。请联系管理员。',
    CROSS_SITE: '请求来自其他站点，已拒绝。请直接从本系统的地址访问。',
    NOT_FOUND: '没有这条数据，或你无权查看。',
    BAD_FILTER: '地址里的筛选条件无法识别。请清除筛选后重试。',
    BAD_CURSOR: '地址里的翻页位置已失效。请回到第一页。',
    VALIDATION: '有内容需要修改。',
    TOO_MANY_REQUESTS: '操作过于频繁。请稍等片刻再试。',
    UNAVAILABLE: '数据库暂时没有应答。请稍后重试。',
    INTERNAL: '服务器内部出错，已记录。请重试；若再次出现，请把追踪号告诉管理员。',
    RUN_IN_PROGRESS: '同类任务正在进行，请等它完成或先取消。',
    RUN_NOT_FOUND: '没有这个任务，或记录已到保留期。',
    other: '请求没有成功：{{title}}',
  },
};
