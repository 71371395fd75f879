export const externalContacts = {
  title: '外部联系人',
};
