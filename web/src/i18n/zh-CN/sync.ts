export const sync = {
  title: '同步与对账',
  starting: '正在准备',
};
