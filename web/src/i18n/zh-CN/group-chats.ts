export const groupChats = {
  title: '客户群',
};
