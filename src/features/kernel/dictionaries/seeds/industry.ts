import type { Seed, SeedItem } from './seed';

type Row = readonly [code: string, zh: string, en: string];

/** Sections and divisions by the codes of GB/T 4754-2017; the wording is ours. */
const sections: readonly (readonly [...Row, divisions: readonly Row[]])[] = [
  [
    'A',
    '农林牧渔',
    'Farming, forestry and fishing',
    [
      ['01', '种植业', 'Crops'],
      ['02', '林业', 'Forestry'],
      ['03', '畜牧业', 'Livestock'],
      ['04', '渔业', 'Fishing'],
      ['05', '农林牧渔服务', 'Services to farming'],
    ],
  ],
  [
    'B',
    '采矿',
    'Mining',
    [
      ['06', '煤炭采选', 'Coal'],
      ['07', '石油天然气开采', 'Oil and gas'],
      ['08', '黑色金属矿采选', 'Ferrous ores'],
      ['09', '有色金属矿采选', 'Non-ferrous ores'],
      ['10', '非金属矿采选', 'Non-metal minerals'],
      ['11', '开采服务', 'Services to mining'],
      ['12', '其他采矿', 'Other mining'],
    ],
  ],
  [
    'C',
    '制造',
    'Manufacturing',
    [
      ['13', '农副食品加工', 'Processing of farm produce'],
      ['14', '食品制造', 'Food'],
      ['15', '酒、饮料和茶', 'Liquor, beverages and tea'],
      ['16', '烟草制品', 'Tobacco'],
      ['17', '纺织', 'Textiles'],
      ['18', '服装服饰', 'Clothing'],
      ['19', '皮革、羽毛制品和制鞋', 'Leather, feather and shoes'],
      ['20', '木材和竹藤制品', 'Wood, bamboo and rattan'],
      ['21', '家具制造', 'Furniture'],
      ['22', '造纸和纸制品', 'Paper'],
      ['23', '印刷', 'Printing and recorded media'],
      ['24', '文教、工艺、体育娱乐用品', 'Stationery, crafts, sports and toys'],
      ['25', '石油、煤炭和燃料加工', 'Petroleum, coal and fuel'],
      ['26', '化工原料和制品', 'Chemicals'],
      ['27', '医药制造', 'Medicine'],
      ['28', '化学纤维', 'Chemical fibres'],
      ['29', '橡胶和塑料制品', 'Rubber and plastics'],
      ['30', '非金属矿物制品', 'Non-metal mineral products'],
      ['31', '钢铁冶炼和压延', 'Iron and steel'],
      ['32', '有色金属冶炼和压延', 'Non-ferrous metals'],
      ['33', '金属制品', 'Metal products'],
      ['34', '通用设备', 'General machinery'],
      ['35', '专用设备', 'Special machinery'],
      ['36', '汽车制造', 'Cars'],
      ['37', '铁路、船舶、航空航天设备', 'Rail, ships, aircraft and other vehicles'],
      ['38', '电气机械和器材', 'Electrical equipment'],
      ['39', '计算机、通信和电子设备', 'Computers, telecom and electronics'],
      ['40', '仪器仪表', 'Instruments'],
      ['41', '其他制造', 'Other manufacturing'],
      ['42', '废弃资源利用', 'Recycling'],
      ['43', '设备修理', 'Repair of machinery'],
    ],
  ],
  [
    'D',
    '电力、燃气和供水',
    'Power, gas and water',
    [
      ['44', '电力和热力', 'Power and heat'],
      ['45', '燃气供应', 'Gas supply'],
      ['46', '供水', 'Water supply'],
    ],
  ],
  [
    'E',
    '建筑',
    'Construction',
    [
      ['47', '房屋建筑', 'Buildings'],
      ['48', '土木工程', 'Civil engineering'],
      ['49', '建筑安装', 'Installation'],
      ['50', '装饰装修', 'Decoration and other building'],
    ],
  ],
  [
    'F',
    '批发和零售',
    'Wholesale and retail',
    [
      ['51', '批发', 'Wholesale'],
      ['52', '零售', 'Retail'],
    ],
  ],
  [
    'G',
    '交通运输、仓储和邮政',
    'Transport, storage and post',
    [
      ['53', '铁路运输', 'Rail transport'],
      ['54', '道路运输', 'Road transport'],
      ['55', '水上运输', 'Water transport'],
      ['56', '航空运输', 'Air transport'],
      ['57', '管道运输', 'Pipelines'],
      ['58', '多式联运和货运代理', 'Multimodal transport and forwarding'],
      ['59', '装卸和仓储', 'Handling and storage'],
      ['60', '邮政和快递', 'Post and couriers'],
    ],
  ],
  [
    'H',
    '住宿和餐饮',
    'Hotels and catering',
    [
      ['61', '住宿', 'Hotels'],
      ['62', '餐饮', 'Catering'],
    ],
  ],
  [
    'I',
    '信息传输、软件和信息技术',
    'Information and software',
    [
      ['63', '电信、广播电视和卫星传输', 'Telecom, broadcasting and satellite'],
      ['64', '互联网服务', 'Internet services'],
      ['65', '软件和信息技术服务', 'Software and IT services'],
    ],
  ],
  [
    'J',
    '金融',
    'Finance',
    [
      ['66', '银行和货币金融', 'Banking'],
      ['67', '资本市场', 'Capital markets'],
      ['68', '保险', 'Insurance'],
      ['69', '其他金融', 'Other finance'],
    ],
  ],
  ['K', '房地产', 'Real estate', [['70', '房地产开发和经营', 'Property development and management']]],
  [
    'L',
    '租赁和商务服务',
    'Leasing and business services',
    [
      ['71', '租赁', 'Leasing'],
      ['72', '商务服务', 'Business services'],
    ],
  ],
  [
    'M',
    '科研和技术服务',
    'Research and technical services',
    [
      ['73', '研究和试验', 'Research'],
      ['74', '专业技术服务', 'Technical services'],
      ['75', '科技推广', 'Technology promotion'],
    ],
  ],
  [
    'N',
    '水利、环境和公共设施',
    'Water, environment and public facilities',
    [
      ['76', '水利管理', 'Water management'],
      ['77', '生态和环境治理', 'Environment'],
      ['78', '公共设施管理', 'Public facilities'],
      ['79', '土地管理', 'Land management'],
    ],
  ],
  [
    'O',
    '居民服务、修理和其他服务',
    'Household, repair and other services',
    [
      ['80', '居民服务', 'Household services'],
      ['81', '汽车、电子和日用品修理', 'Repair of cars, electronics and goods'],
      ['82', '其他服务', 'Other services'],
    ],
  ],
  ['P', '教育', 'Education', [['83', '教育机构', 'Schools and training']]],
  [
    'Q',
    '卫生和社会工作',
    'Health and social work',
    [
      ['84', '医疗卫生', 'Health'],
      ['85', '社会工作', 'Social work'],
    ],
  ],
  [
    'R',
    '文化、体育和娱乐',
    'Culture, sports and entertainment',
    [
      ['86', '新闻和出版', 'News and publishing'],
      ['87', '广播影视和录音', 'Broadcasting, film and recording'],
      ['88', '文化艺术', 'Arts'],
      ['89', '体育', 'Sports'],
      ['90', '娱乐', 'Entertainment'],
    ],
  ],
  [
    'S',
    '公共管理、社会保障和社会组织',
    'Public administration and organisations',
    [
      ['91', '中国共产党机关', 'Organs of the CPC'],
      ['92', '国家机构', 'State organs'],
      ['93', '政协和民主党派', 'CPPCC and democratic parties'],
      ['94', '社会保障', 'Social security'],
      ['95', '群众团体和社会团体', 'Associations'],
      ['96', '基层自治组织', 'Grass-roots self-government'],
    ],
  ],
  ['T', '国际组织', 'International organisations', [['97', '国际组织机构', 'Bodies of international organisations']]],
];

const itemOf = ([code, zh, en]: Row, extra?: SeedItem['extra']): SeedItem => ({
  ...{ code, label: [zh, en] as const, ...(extra ? { extra } : {}) },
});

export const industry: Seed = {
  code: 'industry',
  label: ['所属行业', 'Industry'],
  items: sections.flatMap(([code, zh, en, divisions]) => [
    itemOf([code, zh, en]),
    ...divisions.map((division) => itemOf(division, { parent: code })),
  ]),
};
