/** Word lists of the pretend company. Invented people and firms; any likeness is chance. */
const pairs = (text: string): { text: string; pinyin: string }[] =>
  text.split(' ').map((pair) => {
    const [word = '', pinyin = ''] = pair.split(':');
    return { text: word, pinyin };
  });
const words = (text: string): string[] => text.split(' ');

export const surnames = pairs(
  '王:wang 李:li 张:zhang 刘:liu 陈:chen 杨:yang 赵:zhao 黄:huang 周:zhou 吴:wu 徐:xu 孙:sun 胡:hu 朱:zhu 高:gao 林:lin 何:he 郭:guo 马:ma 罗:luo 梁:liang 宋:song 郑:zheng 谢:xie 韩:han 唐:tang 冯:feng 于:yu 董:dong 萧:xiao 程:cheng 曹:cao 袁:yuan 邓:deng 许:xu 傅:fu 沈:shen 曾:zeng 彭:peng 吕:lv 苏:su 卢:lu 蒋:jiang 蔡:cai 贾:jia 丁:ding 魏:wei 薛:xue 叶:ye 阎:yan 余:yu 潘:pan 杜:du 戴:dai 夏:xia 钟:zhong 汪:wang 田:tian 任:ren 姜:jiang 范:fan 方:fang 欧阳:ouyang 司马:sima 上官:shangguan',
);
export const givenNames = pairs(
  '伟:wei 芳:fang 娜:na 敏:min 静:jing 丽:li 强:qiang 磊:lei 军:jun 洋:yang 勇:yong 艳:yan 杰:jie 娟:juan 涛:tao 明:ming 超:chao 霞:xia 平:ping 刚:gang 桂英:guiying 建国:jianguo 志强:zhiqiang 秀兰:xiulan 文博:wenbo 子涵:zihan 雨桐:yutong 浩然:haoran 思远:siyuan 欣怡:xinyi 梓萱:zixuan 嘉豪:jiahao 晓东:xiaodong 海燕:haiyan 国庆:guoqing 佳琪:jiaqi 俊熙:junxi 语嫣:yuyan 天佑:tianyou 若曦:ruoxi 宇航:yuhang 诗涵:shihan 昊天:haotian 雅婷:yating 立新:lixin 春梅:chunmei 玉梅:yumei 红梅:hongmei 晨曦:chenxi 一鸣:yiming 婉清:wanqing 景行:jingxing 知远:zhiyuan 慕白:mubai 念安:nianan 书瑶:shuyao 临川:linchuan 望舒:wangshu',
);
/** Names that break careless software: rare characters, emoji sequences, right-to-left, markup, quotes, length. */
export const oddNames = [
  '𠮷田建材',
  '㛃㛃妈妈',
  '龘靐齉爩',
  '王𫖮',
  '👨‍👩‍👧‍👦全家福照相馆',
  'Zoë Müller',
  'محمد القحطاني',
  "O'Neill <采购>",
  '“老地方”茶馆&酒',
  'A00上海全屋定制装修设计施工一条龙（微信同号，24小时在线，勿扰）',
  '  ·清风·  ',
  '100%',
  'null',
  '小\u200B飞侠',
];
export const nicknames = words(
  '向阳花开 静水流深 一米阳光 平安是福 时光不老 简单生活 岁月静好 风轻云淡 海阔天空 小太阳 豆豆妈 糖糖爸爸 大海 老K Lucky Amy Kevin Vivian 阿杰 小鱼儿 花开富贵 知足常乐 西西里 半夏 南风 木子 七月 北极星 天道酬勤 奔跑的蜗牛',
);
export const emoji = words('🌸 🍀 😊 ☀️ 🐟 🎈 💪 🌙 🍊 👑 🧑‍💻 🇨🇳');

export const cities = words(
  '上海 杭州 苏州 宁波 南京 深圳 广州 佛山 东莞 厦门 北京 天津 青岛 济南 武汉 长沙 成都 重庆 西安 郑州',
);
export const firmNames = words(
  '恒远 鼎盛 云帆 天择 金桥 瑞丰 博雅 华信 宏图 晨光 启明 新域 万和 聚力 卓越 东方 美家 优品 乐途 康泽 锦绣 百川 同创 三江 中科 蓝海 绿野 银河 长青 浩博 嘉禾 顺达',
);
export const trades = words(
  '电子 科技 建材 餐饮 商贸 物流 装饰 教育 医疗器械 机械 服饰 食品 环保 文化传媒 汽车配件 酒店管理 软件 农业',
);
export const firmKinds = words('有限公司 股份有限公司 集团有限公司 商行 个体工商户 工作室');
export const jobTitles = words('采购经理 总经理 店长 财务 运营总监 行政主管 项目经理 老板 技术负责人 市场专员');

export const staffPositions = words(
  '销售顾问 高级销售顾问 大客户经理 客户成功经理 售后工程师 区域主管 渠道经理 实施顾问',
);
export const officePositions = words('工程师 产品经理 会计 人事专员 市场策划 合规专员 法务 设计师');

export const descriptions = [
  '预算三十万以内，下季度启动，决策人是他爱人',
  '对价格敏感，先寄样品，下周二回访',
  '老客户转介绍，和恒远建材王总认识',
  '去年买过基础版，想升级，等财年预算',
  '只在晚上八点后回复，别打电话',
  '需要开专票，抬头已发邮箱',
  '竞品合同十一月到期，十月底前必须跟进',
  '展会上加的，名片在小林那里',
];
export const channels = words(
  'expo2025_a shop_window site_footer wechat_article_7 store_sh_03 douyin_live_12 referral',
);

export const groupTopics = words(
  '售后服务群 交付项目群 老客户福利群 新品体验官 技术支持群 展会客户群 VIP客户群 区域经销商群 培训交流群 订单沟通群',
);
export const notices = [
  '欢迎各位！本群工作时间 9:00–18:00 有专人答复，紧急问题请拨打服务热线。',
  '本月活动：老客户推荐新客户，双方各得一次免费保养。',
  '请大家修改群昵称：公司-姓名。谢谢配合～',
];

export const departmentTree: readonly (readonly [id: number, parent: number, name: string, nameEn: string])[] = [
  [1, 0, '晨星智联科技有限公司', 'Morningstar Link'],
  [2, 1, '销售中心', 'Sales'],
  [3, 1, '客户成功部', 'Customer Success'],
  [4, 1, '市场部', 'Marketing'],
  [5, 1, '产品研发部', 'Product'],
  [6, 1, '财务部', 'Finance'],
  [7, 1, '人力行政部', 'People'],
  [8, 1, '合规与风控部', 'Compliance'],
  [21, 2, '华东一部', 'East 1'],
  [22, 2, '华东二部', 'East 2'],
  [23, 2, '华南部', 'South'],
  [24, 2, '华北部', 'North'],
  [25, 2, '大客户部', 'Key Accounts'],
  [211, 21, '上海组', 'Shanghai'],
  [212, 21, '杭州组', 'Hangzhou'],
  [31, 3, '售后服务组', 'After-sales'],
  [32, 3, '实施交付组', 'Delivery'],
];
/** Departments whose staff work with customers (客户联系). */
export const customerDepartments = [21, 22, 23, 24, 25, 211, 212, 31, 32];
export const officeDepartments = [4, 5, 6, 7, 8];

export const tagCatalogue: readonly (readonly [group: string, tags: readonly string[]])[] = [
  ['客户等级', words('A类 B类 C类 D类')],
  ['意向程度', words('高意向 中意向 低意向 已成交 已流失')],
  ['客户来源', words('官网 展会 转介绍 抖音 公众号 门店 老客户复购')],
  ['所在行业', words('建材 餐饮 制造 教育 医疗 物流 零售 软件')],
  ['产品兴趣', words('基础版 专业版 旗舰版 定制开发 售后服务包')],
  ['服务状态', words('待回访 投诉中 续费期 沉默 VIP🌟')],
];
export const personalTags = words('羽毛球搭子 校友 老乡 爱喝茶');
export const newTagNames = words(
  '双十一 春节礼盒 待开票 已寄样 黑名单 重点跟进 需上门 合同待签 返点客户 试用中 决策人 技术对接人',
);
export const newGroupNames = words('活动标签 临时分组 区域 渠道 培训批次');
