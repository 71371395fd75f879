export const inbox = {
  title: '回调事件',
};
