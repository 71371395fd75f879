import type { Locale } from 'antd/es/locale';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { texts } from './zh-CN';

export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];
/** Each in its own language. */
export const languageNames: Record<Language, string> = { 'zh-CN': '中文', en: 'English' };
export type Texts = typeof texts;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: Texts;
  }
}

const loaders = {
  'zh-CN': async () => ({ ...(await import('./zh-CN')), locale: (await import('antd/es/locale/zh_CN')).default }),
  en: async () => ({ ...(await import('./en')), locale: (await import('antd/es/locale/en_US')).default }),
};

/** Switches the language of the page. Only the texts of the languages used are loaded. @returns antd's own texts */
export async function speak(language: Language): Promise<Locale> {
  const { texts, locale } = await loaders[language]();
  if (!i18next.isInitialized) await start(language);
  if (!i18next.hasResourceBundle(language, 'common')) {
    for (const [area, words] of Object.entries(texts)) i18next.addResourceBundle(language, area, words);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  return locale;
}

const start = (language: Language) =>
  i18next.use(initReactI18next).init({
    lng: language,
    resources: {},
    fallbackLng: false,
    defaultNS: 'common',
    // React escapes.
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
