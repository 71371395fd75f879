export const staff = {
  title: '成员与部门',
};
