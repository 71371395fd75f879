export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];
type Words = Readonly<Record<Language, string>>;

const both = (zh: string, en: string): Words => ({ 'zh-CN': zh, en });

/** The codes of handovers in words, for whoever reads a report without the console. */
const words = {
  handover: {
    draft: both('草稿', 'Draft'),
    scheduled: both('已定时', 'Scheduled'),
    under_way: both('进行中', 'Under way'),
    done: both('已结束', 'Done'),
    cancelled: both('已取消', 'Cancelled'),
  },
  kind: { external_contact: both('客户', 'External contact'), group_chat: both('客户群', 'Group chat') },
  state: {
    planned: both('待提交', 'Planned'),
    submitted: both('提交中', 'Being submitted'),
    unknown: both('未收到答复', 'No answer heard'),
    waiting: both('等待接替', 'Waiting'),
    taken_over: both('已接替', 'Taken over'),
    refused: both('客户拒绝', 'Refused'),
    over_limit: both('接替人已满', 'Successor full'),
    failed: both('未成功', 'Failed'),
    cancelled: both('已撤下', 'Held back'),
  },
  meaning: {
    planned: both('还没有提交给企业微信', 'Not submitted to WeCom yet'),
    submitted: both('正在提交给企业微信', 'Being submitted to WeCom'),
    unknown: both(
      '已提交，但没有收到答复；核实之前不会重复提交',
      'Submitted, no answer heard; looked up, never repeated blindly',
    ),
    waiting: both('企业微信已受理，24 小时后生效', 'WeCom agreed; it takes effect after 24 hours'),
    taken_over: both('企业微信确认已由接替人跟进', 'WeCom confirms that the successor serves them'),
    refused: both('客户拒绝了新的接替人', 'The customer refused the successor'),
    over_limit: both('接替人的客户数已到企业微信上限', 'The successor has as many contacts as WeCom allows'),
    failed: both('没有成功，原因见企业微信的答复', 'It did not succeed; the reason stands beside it'),
    cancelled: both('提交前撤下，仍在原成员名下', 'Held back before it went out: it stays with the giver'),
  },
  because: {
    by_hand: both('人工指定', 'chosen by hand'),
    together: both('与群或群友一起', 'together with their group'),
    previous_contact: both('本来就认识', 'knows them already'),
    tags: both('标签相符', 'tags fit'),
    department: both('同一部门', 'same department'),
    only_one: both('按指定顺序', 'in the order given'),
    next_in_turn: both('轮到他', 'next in turn'),
    least_loaded: both('手上客户最少', 'serves the fewest'),
    none_fits: both('没有合适的人', 'nobody fits'),
  },
  warning: {
    in_another_handover: both('正在另一个交接中', 'on its way in another handover'),
    protected_90_days: both('90 天内转接过', 'transferred within 90 days'),
    two_transfers: both('90 天内已转接两次', 'two transfers within 90 days'),
    successor_left: both('接替人已离职', 'the successor has left'),
    successor_not_following: both('接替人没有客户联系权限', 'the successor may not serve external contacts'),
    successor_inactive: both('接替人未激活', 'the successor is not activated'),
    successor_refused: both('接替人上次被企业微信拒绝', 'WeCom refused the successor before'),
    over_capacity: both('超出接替人的名额', 'over the capacity of the successor'),
    already_friends: both('已是接替人的客户', 'the successor has them already'),
    not_connected: both('关系已不在', 'no longer connected'),
    half: both('关系未建立完', 'never confirmed'),
    deleted_by_external: both('客户已删除原成员', 'the customer deleted the giver'),
    left_over_a_year: both('离职超过一年', 'left more than a year ago'),
    open_findings: both('有未处理的风险事件', 'findings are open'),
    nobody: both('没有接替人', 'no successor'),
  },
  reason: {
    no_successor: both('没有接替人', 'No successor'),
    successor_left: both('提交前接替人已离职', 'The successor left before it went out'),
    in_another_handover: both('正在另一个交接中', 'On its way in another handover'),
    no_result: both('企业微信一直没有给出结果', 'WeCom never told the result'),
    kept_failing: both('多次提交都失败', 'It failed however often it was submitted'),
    gone: both('提交时已不在原成员名下', 'The giver did not have it any more'),
  },
  advice: {
    choose_another: both('换一位接替人再试', 'Try again with another successor'),
    after_90_days: both('90 天内转接过多，期满后再试', 'Try again when the 90 days are over'),
    read_again: both(
      '先同步客户数据，确认仍在原成员名下',
      'Sync the external contacts and see whether the giver still has them',
    ),
    sync_directory: both('先同步通讯录，再重试', 'Sync the directory, then try again'),
    log_in: both(
      '请接替人登录一次，再重试；或换一位',
      'Have the successor log in once and try again, or choose another',
    ),
    wait: both('另一次转接正在进行，等它结束', 'Wait for the other transfer to end'),
    in_client: both('请群主在企业微信里手动转让', 'Have the owner give the group away in WeCom'),
    look_in_wecom: both('请到企业微信管理后台查看', 'Look in the admin console of WeCom'),
    not_possible: both(
      '企业微信不能转接，请由同事重新添加',
      'WeCom cannot transfer it: a colleague must add them anew',
    ),
  },
  errcode: {
    40003: both('企业微信不认识这位成员', 'WeCom does not know this member'),
    40096: both(
      '企业微信不认识这位客户，或不在应用可见范围',
      'WeCom does not know the contact, or not in the range of the app',
    ),
    40097: both('交出人还没有离职', 'The giver has not left'),
    40098: both('接替人没有实名认证', 'The successor has not verified their name'),
    40099: both('接替人的客户数已到上限', 'The successor is at their limit of contacts'),
    40100: both('已在另一次转接中', 'In another transfer already'),
    40128: both('90 天内转接次数过多', 'Transferred too often within 90 days'),
    40129: both('正在转接中', 'Being transferred'),
    40130: both('交出人与接替人是同一人', 'Giver and successor are the same'),
    40131: both('交出人没有添加这位客户', 'The giver does not have the contact'),
    40143: both('接替人的账号被限制', 'The account of the successor is restricted'),
    40205: both('接替人太久没有登录微信', 'The successor has not logged in for too long'),
    46004: both('企业微信没有这位成员', 'WeCom has no such member'),
    60111: both('企业微信没有这位成员', 'WeCom has no such member'),
    84061: both('不是这位成员的客户', 'Not a contact of this member'),
    90500: both('群主还没有离职', 'The owner has not left'),
    90501: both('不是客户群', 'No group chat with customers'),
    90502: both('群主已经离职', 'The owner has left'),
    90503: both('群里的微信用户已满', 'The group is full of WeChat users'),
    90507: both('客户群正在继承中', 'The group is being inherited'),
    90509: both('不是客户群', 'No group chat with customers'),
  },
  carry: {
    pending: both('备注与标签待带去', 'Remark and tags are on their way'),
    done: both('备注与标签已带去', 'Remark and tags went along'),
    failed: both('备注与标签没有带到', 'Remark and tags did not arrive'),
  },
} as const satisfies Record<string, Readonly<Record<string | number, Words>>>;

export type Speak = ReturnType<typeof speaker>;

/** Says codes in a language. A code without words is said as it is, and nothing for none. */
export const speaker =
  (language: Language) =>
  (list: keyof typeof words, code: string | number | null): string => {
    if (code === null) return '';
    const known: Readonly<Record<string | number, Words>> = words[list];
    return known[code]?.[language] ?? String(code);
  };
