import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../i18n';

/** Only the areas that the sidebar needs: a phone loads no more. */
const loaders = {
  'zh-CN': async () => ({
    common: (await import('../i18n/zh-CN/common')).common,
    externalContacts: (await import('../i18n/zh-CN/external-contacts')).externalContacts,
    groupChats: (await import('../i18n/zh-CN/group-chats')).groupChats,
    sidebar: (await import('../i18n/zh-CN/sidebar')).sidebar,
    states: (await import('../i18n/zh-CN/states')).states,
  }),
  en: async () => ({
    common: (await import('../i18n/en/common')).common,
    externalContacts: (await import('../i18n/en/external-contacts')).externalContacts,
    groupChats: (await import('../i18n/en/group-chats')).groupChats,
    sidebar: (await import('../i18n/en/sidebar')).sidebar,
    states: (await import('../i18n/en/states')).states,
  }),
};

export async function speak(language: Language): Promise<void> {
  const texts = await loaders[language]();
  const resources = { [language]: texts };
  const interpolation = { escapeValue: false };
  await i18next
    .use(initReactI18next)
    .init({ lng: language, resources, fallbackLng: false, defaultNS: 'common', interpolation });
  document.documentElement.lang = language;
  document.title = texts.sidebar.title;
}
