export const signIn = {
  title: '登录',
  lead: '使用一次性登录链接进入',
  how: '链接只能用一次，从服务器上获取：',
  firstStart: '首次启动时，服务器会在输出中打印管理员的登录链接。',
  command: '之后需要新的链接时，在服务器上执行：',
  failed: '没有登录成功',
};
