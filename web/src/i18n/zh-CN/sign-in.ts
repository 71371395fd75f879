export const signIn = {
  title: '登录',
  lead: '使用一次性登录链接进入',
  how: '链接只能用一次，从服务器上获取：',
  firstStart: '服务器启动时，会在输出中打印管理员的登录链接。',
  newUser: '为新成员创建账号并打印链接，在服务器上执行：',
  newUserCommand: 'npm run scrm -- user create --name <姓名> --role <角色>',
  newLink: '为已有账号打印新的链接：',
  newLinkCommand: 'npm run scrm -- user link <账号 id>',
  failed: '没有登录成功',
};
